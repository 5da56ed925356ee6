# bash completion for otp. Commands and options are those that the program itself lists, so that they
# are those of the version that runs.

# _otp_listed WORD...: the names that `otp WORD... --help` lists, commands and options.
_otp_listed() {
  "$@" --help 2>/dev/null | sed -nE \
    -e 's/^  (-[^- ],)?(--[a-z][a-z-]*).*/\2/p' \
    -e '/^Subcommands:/,/^$/s/^  ([a-z][a-z-]*).*/\1/p'
}

_otp() {
  local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} before='' command='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    before=${COMP_WORDS[i]}
    if [[ -z $command && $before != -* ]]; then command=$before; fi
  done

  case $before in
    --channel) mapfile -t COMPREPLY < <(compgen -W 'sms email whatsapp' -- "$word") && return ;;
    --vendor)
      mapfile -t COMPREPLY < <(compgen -W 'spherepay loyaltydog 10npay eko stytch' -- "$word") && return
      ;;
    --config | --against | --record | --replay | --handle | --*-out | --field-file | --tls-* | --self-signed)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$word") && return
      ;;
  esac
  if [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_otp_listed "$program")" -- "$word")
  elif [[ $command == help ]]; then
    local commands
    commands=$(_otp_listed "$program" | grep -v '^-')
    mapfile -t COMPREPLY < <(compgen -W "$commands $(_otp_listed "$program" help)" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$(_otp_listed "$program" "$command")" -- "$word")
  fi
}

complete -F _otp otp
