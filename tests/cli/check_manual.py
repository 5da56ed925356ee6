"""The manual page and the completion of `otp` against what the program says about itself.

    check_manual.py [--write] PROGRAM MANUAL COMPLETION

With --write the part of the manual that lists commands and options is written anew.
"""

import os
import re
import subprocess
import sys

BEGIN = '.\\" What follows is written by tests/cli/check_manual.py --write.\n'
END = '.\\" What comes before is written by tests/cli/check_manual.py --write.\n'


def help_of(program, *words):
    return subprocess.run(
        [program, *words, "--help"], check=True, capture_output=True, text=True
    ).stdout


def sections(text):
    """The lines of a help text, by the heading that they stand under."""
    found, heading = {"": []}, ""
    for line in text.splitlines():
        match = re.fullmatch(r"([A-Z][A-Za-z ]*):", line)
        if match:
            heading = match.group(1)
            found[heading] = []
        elif not line.strip() and heading:
            heading = "after " + heading
            found.setdefault(heading, [])
        else:
            found[heading].append(line)
    return found


def entries(lines):
    """Names and descriptions of a list; a description may begin below its name, and go on."""
    listed = []
    for line in lines:
        if re.match(r" {1,4}\S", line):
            name, _, description = line.strip().partition("  ")
            listed.append([name, description.strip()])
        elif listed:
            listed[-1][1] = (listed[-1][1] + " " + line.strip()).strip()
    return listed


def options_of(text):
    listed = []
    for heading, lines in sections(text).items():
        if heading and not heading.startswith("after") and heading != "Subcommands":
            listed += [entry for entry in entries(lines) if entry[0].startswith("-")]
    return listed


def commands_of(text):
    return entries(sections(text)["Subcommands"])


def roff(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")


def sentence(text):
    return roff(text) + ("" if text.endswith((".", "!")) else ".")


def render_options(listed):
    text = ""
    for name, description in listed:
        first, _, rest = name.partition(" ")
        text += ".TP\n.B " + roff(first.replace(",", ", "))
        text += " \\fI" + roff(rest) + "\\fR" if rest else ""
        text += "\n" + sentence(description) + "\n"
    return text


def render(program):
    text = BEGIN + ".SH OPTIONS\n" + render_options(options_of(help_of(program)))
    text += ".SH COMMANDS\n"
    for name, description in commands_of(help_of(program)):
        text += f".SS otp {roff(name)}\n{sentence(description)}\n"
        text += render_options(options_of(help_of(program, name)))
    return text + END


def generated_part(manual):
    begin, end = manual.index(BEGIN), manual.index(END) + len(END)
    return begin, end


def completed(program, completion, words):
    """What the completion offers where the last of the words is being typed."""
    script = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _otp; '
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script, "bash", completion, program, *words],
        check=True,
        capture_output=True,
        text=True,
    )
    return {line for line in done.stdout.splitlines() if line}


def long_names(listed):
    return {name for entry in listed for name in re.findall(r"--[a-z][a-z-]*", entry[0].split(" ")[0])}


def main():
    arguments = sys.argv[1:]
    write = "--write" in arguments
    if write:
        arguments.remove("--write")
    program, manual_path, completion = arguments
    mistakes = []

    with open(manual_path, encoding="ascii") as file:
        manual = file.read()
    begin, end = generated_part(manual)
    wanted = render(program)
    if write:
        with open(manual_path, "w", encoding="ascii") as file:
            file.write(manual[:begin] + wanted + manual[end:])
    elif manual[begin:end] != wanted:
        old, new = set(manual[begin:end].splitlines()), set(wanted.splitlines())
        mistakes.append("the manual page lacks: " + "; ".join(sorted(new - old)))
        mistakes.append("the program does not say: " + "; ".join(sorted(old - new)))
        mistakes.append(
            "write it anew: python3 tests/cli/check_manual.py --write "
            + " ".join(os.path.relpath(path) for path in (program, manual_path, completion))
        )

    def expect(words, offered):
        found = completed(program, completion, words)
        if found != offered:
            mistakes.append(f"completion of {words}: {sorted(found ^ offered)}")

    own = help_of(program)
    names = {name for name, _ in commands_of(own)}
    if not {"send", "explain", "verify", "check", "health", "vendors", "mock"} <= names:
        mistakes.append(f"the program lists only {sorted(names)}")
    expect([""], names | long_names(options_of(own)))
    expect(["se"], {"send"})
    for name in names:
        expect([name, "--"], long_names(options_of(help_of(program, name))))
    expect(["send", "--channel", ""], {"sms", "email", "whatsapp"})
    expect(["check", "--config", completion[:-1]], {completion})
    expect(["send", "--metrics-out", completion[:-1]], {completion})

    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
