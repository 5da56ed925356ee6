#include "unit/house/include_rules.hpp"

#include <algorithm>
#include <filesystem>

namespace otp::test {

namespace {

using Groups = std::vector<std::string_view>;

struct Folder {
    std::string_view path;
    /// Beside the folder itself and the standard library. "public": all floors of include/otp.
    Groups may_include;
};

// The floors, lowest first (docs/architecture.md). What a line does not list, its folder may not
// include.
std::vector<Folder> const& table() {
    static Groups const one_mock_vendor{
        "mocks/include", "mocks/wire", "mocks/vendor", "mocks/script", "boost.json"};
    static Groups const conformance_frame{
        "public", "conformance/include", "boost.json", "boost.system"};
    static Groups const conformance_room{
        "public",
        "testing",
        "conformance/include",
        "conformance/frame",
        "boost.json",
        "boost.system"};
    static std::vector<Folder> const folders{
        // What an application sees, and above it what an adapter and what a test's transport sees.
        // Never Beast, OpenSSL or src. The inner folders come first: a file is of the first that
        // holds it.
        {"include/otp/adapter", {"include/otp", "boost.json", "boost.system"}},
        {"include/otp/seam",
         {"include/otp", "include/otp/adapter", "boost.asio", "boost.json", "boost.system"}},
        {"include/otp/observe", {"include/otp"}},
        {"include/otp",
         {"boost.asio", "boost.json", "boost.system", "boost.assert", "boost.version"}},

        {"src/model",
         {"public",
          "boost.json",
          "boost.system",
          "boost.url",
          "boost.version",
          "openssl",
          "system"}},
        {"src/platform",
         {"public",
          "src/model",
          "boost.asio",
          "boost.intrusive",
          "boost.system",
          "openssl",
          "system"}},

        // Adapters: pure translation. No Asio, so no I/O; OpenSSL where one must sign.
        {"src/adapter",
         {"public",
          "src/model",
          "boost.container",
          "boost.json",
          "boost.url",
          "boost.system",
          "openssl",
          "system"}},
        // On the public kit alone, as a third party's.
        {"providers/10npay", {"public", "boost.json", "boost.system"}},
        {"providers/eko", {"public", "boost.json", "boost.system", "openssl"}},
        {"providers/loyaltydog", {"public", "boost.json", "boost.system"}},
        {"providers/spherepay", {"public", "boost.json", "boost.system"}},
        {"providers/stytch", {"public", "boost.json", "boost.system"}},
        {"providers/registry",
         {"public",
          "providers/10npay",
          "providers/eko",
          "providers/loyaltydog",
          "providers/spherepay",
          "providers/stytch"}},

        // The one place for sockets, TLS and Beast. Pure: what stands on the wire.
        {"src/http/wire", {"public", "src/model", "boost.beast", "boost.system", "boost.url"}},
        {"src/http/socket",
         {"public", "src/platform", "boost.asio", "boost.intrusive", "boost.system", "system"}},
        {"src/http/tls",
         {"public",
          "src/model",
          "src/platform",
          "src/http/wire",
          "src/http/socket",
          "boost.asio",
          "boost.asio.ssl",
          "boost.system",
          "openssl",
          "system"}},
        {"src/http/connect",
         {"public",
          "src/model",
          "src/platform",
          "src/http/wire",
          "src/http/socket",
          "src/http/tls",
          "boost.asio",
          "boost.system",
          "boost.url",
          "system"}},
        {"src/http/pool",
         {"public",
          "src/model",
          "src/platform",
          "src/http/wire",
          "src/http/socket",
          "src/http/connect",
          "boost.asio",
          "boost.intrusive",
          "boost.system"}},
        {"src/http",
         {"public",
          "src/model",
          "src/platform",
          "src/http/wire",
          "src/http/socket",
          "src/http/tls",
          "src/http/connect",
          "src/http/pool",
          "boost.asio",
          "boost.intrusive",
          "boost.system"}},
        // Pure: no Asio, no clock, no machine.
        {"src/delivery/decide", {"public", "src/model"}},
        {"src/delivery/roster",
         {"public",
          "src/platform",
          "src/delivery/decide",
          "boost.asio",
          "boost.intrusive",
          "boost.system"}},
        {"src/delivery/guard", {"public", "boost.asio"}},
        {"src/delivery/run",
         {"public",
          "src/platform",
          "src/delivery/decide",
          "src/delivery/roster",
          "src/delivery/guard",
          "boost.asio",
          "boost.container",
          "boost.intrusive",
          "boost.system"}},
        {"src/config",
         {"public",
          "src/model",
          "src/platform",
          "src/http/tls",
          "boost.assert",
          "boost.json",
          "boost.system",
          "boost.url",
          "system"}},
        {"src/client",
         {"public",
          "src/model",
          "src/platform",
          "src/delivery/decide",
          "src/delivery/roster",
          "src/delivery/run",
          "src/config",
          "boost.asio",
          "boost.json",
          "boost.system"}},
        // On what an application sees: events and health in, text out.
        {"src/observe", {"public", "src/model", "boost.json"}},

        // What stands beside the SDK proves that the public headers suffice.
        {"testing/include", {"public", "testing", "boost.asio", "boost.json", "googletest"}},
        {"testing", {"public", "boost.asio", "boost.json", "boost.system", "boost.url"}},
        // What every adapter must do: a room for each kind of check, over the frame.
        {"conformance/include", {"public"}},
        {"conformance/frame", conformance_frame},
        {"conformance/encode", conformance_room},
        {"conformance/hints", conformance_room},
        {"conformance/numbers", conformance_room},
        {"conformance/purity", conformance_room},
        {"conformance/redaction", conformance_room},
        {"conformance/refusal", conformance_room},
        {"conformance/success", conformance_room},
        {"conformance",
         {"public",
          "testing",
          "conformance/include",
          "conformance/frame",
          "conformance/encode",
          "conformance/hints",
          "conformance/numbers",
          "conformance/purity",
          "conformance/redaction",
          "conformance/refusal",
          "conformance/success",
          "boost.json",
          "boost.system"}},

        // Mock vendors share no code with adapters (docs/adr/0006). No room below the inbox knows a
        // socket, a thread or a clock, and cpp-httplib stays in the room that carries.
        {"mocks/include", {"public"}},
        {"mocks/wire", {"mocks/include", "boost.json", "boost.system", "openssl", "system"}},
        {"mocks/vendor", {"public", "mocks/include", "mocks/wire"}},
        {"mocks/script", {"mocks/include", "mocks/wire", "mocks/vendor"}},
        {"mocks/10npay", one_mock_vendor},
        {"mocks/eko",
         {"mocks/include", "mocks/wire", "mocks/vendor", "mocks/script", "boost.json", "openssl"}},
        {"mocks/loyaltydog", one_mock_vendor},
        {"mocks/spherepay", one_mock_vendor},
        {"mocks/stytch", one_mock_vendor},
        {"mocks/inbox",
         {"public",
          "mocks/include",
          "mocks/wire",
          "mocks/vendor",
          "mocks/script",
          "boost.json",
          "boost.system"}},
        {"mocks/page", {"mocks/wire", "boost.json"}},
        {"mocks/server",
         {"mocks/include",
          "mocks/wire",
          "httplib",
          "boost.asio",
          "boost.system",
          "openssl",
          "system"}},
        {"mocks",
         {"public",
          "mocks/include",
          "mocks/wire",
          "mocks/vendor",
          "mocks/script",
          "mocks/10npay",
          "mocks/eko",
          "mocks/loyaltydog",
          "mocks/spherepay",
          "mocks/stytch",
          "mocks/inbox",
          "mocks/page",
          "mocks/server",
          "boost.asio",
          "boost.json",
          "boost.system"}},
        {"cli",
         {"public",
          "testing",
          "mocks/include",
          "mocks",
          "cli11",
          "boost.asio",
          "boost.json",
          "boost.system",
          "system"}},
        {"examples/offline",
         {"public", "testing", "mocks/include", "mocks", "boost.asio", "googletest"}},
        {"examples", {"public", "boost.asio", "boost.json", "boost.system", "system"}},
    };
    return folders;
}

bool begins(std::string_view text, std::string_view prefix) {
    return text.starts_with(prefix);
}

/// The part before the first `/`.
std::string_view first_part(std::string_view path) {
    return path.substr(0, path.find('/'));
}

std::string_view top_of(std::string_view folder) {
    return first_part(folder);
}

constexpr std::string_view mock_headers = "mocks/include/";

/// The façades stand on top of the mocks' rooms; the values beside them are below.
bool is_facade(std::string_view header) {
    return header == "otp/mocks/mock_vendors.hpp" || header == "otp/mocks/scoped_mock_vendors.hpp";
}

bool allows(Groups const& groups, std::string_view group) {
    auto const lists = [&groups](std::string_view name) {
        return std::find(groups.begin(), groups.end(), name) != groups.end();
    };
    return lists(group) || (begins(group, "include/otp") && lists("public"));
}

}  // namespace

std::vector<IncludeLine> include_lines(std::string_view source) {
    std::vector<IncludeLine> lines;
    int number = 0;
    while (!source.empty()) {
        ++number;
        auto const end = std::min(source.find('\n'), source.size());
        auto line = source.substr(0, end);
        source.remove_prefix(std::min(end + 1, source.size()));

        auto const skip_space = [&line] {
            line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        };
        skip_space();
        if (!begins(line, "#")) continue;
        line.remove_prefix(1);
        skip_space();
        if (!begins(line, "include")) continue;
        line.remove_prefix(std::string_view("include").size());
        skip_space();
        auto const close = line.empty() ? line.npos : line.find(line[0] == '<' ? '>' : '"', 1);
        lines.push_back(
            {number, std::string(line.substr(0, close == line.npos ? close : close + 1))}
        );
    }
    return lines;
}

std::string group_of(std::string_view file, std::string_view include) {
    if (include.size() < 3 || (include[0] != '<' && include[0] != '"')) {
        return "unreadable";  // a macro: nobody can tell what it includes
    }
    auto const path = include.substr(1, include.size() - 2);
    auto const first = first_part(path);

    if (include[0] == '"') {
        auto const folder = folder_of(file);
        if (path.find("..") != path.npos) {
            auto const target = std::filesystem::path(file).parent_path() / path;
            auto const found = folder_of(target.lexically_normal().generic_string());
            return found.empty() ? "unknown" : std::string(found);
        }
        if (top_of(folder) == "src" || top_of(folder) == "providers") {
            auto const top = std::string(top_of(folder)) + '/';
            auto const room = folder_of(top + std::string(path));
            return room.empty() ? top + std::string(first) : std::string(room);
        }
        if (top_of(folder) == "mocks" || top_of(folder) == "conformance") {
            auto const top = std::string(top_of(folder)) + '/';
            auto const room = folder_of(top + std::string(path));
            return room.empty() ? top + std::string(first) : std::string(room);
        }
        if (top_of(folder) == "include") {
            return "quoted";  // public headers name each other as applications do
        }
        auto const room = folder_of("src/" + std::string(path));
        return std::string(room.empty() ? folder : room);
    }
    if (first == "otp") {
        if (begins(path, "otp/mocks/")) return is_facade(path) ? "mocks" : "mocks/include";
        if (begins(path, "otp/testing/")) return "testing";
        if (begins(path, "otp/conformance/")) return "conformance/include";
        return std::string(folder_of("include/" + std::string(path)));
    }
    if (first == "boost") {
        if (begins(path, "boost/asio/ssl")) return "boost.asio.ssl";
        auto const library = first_part(path.substr(std::string_view("boost/").size()));
        return "boost." + std::string(library.substr(0, library.find('.')));
    }
    if (first == "openssl") return "openssl";
    if (first == "CLI") return "cli11";
    if (path == "httplib.h") return "httplib";
    if (first == "gmock" || first == "gtest") return "googletest";
    // <string> and <cstdint>, but <sys/socket.h> and <unistd.h>.
    return path.find_first_of("/.") == path.npos ? "standard" : "system";
}

std::string_view folder_of(std::string_view file) {
    if (begins(file, mock_headers) && is_facade(file.substr(mock_headers.size()))) return "mocks";
    for (auto const& folder : table()) {
        if (begins(file, folder.path) && file.substr(folder.path.size()).starts_with('/')) {
            // These top floors have no folders but the rooms that the table lists before.
            bool const in_rooms = folder.path == "mocks" || folder.path == "conformance";
            bool const in_a_room = file.find('/', folder.path.size() + 1) != file.npos;
            return in_rooms && in_a_room ? std::string_view() : folder.path;
        }
    }
    return {};
}

std::vector<std::string> violations_of(std::string_view file, std::string_view source) {
    auto const path = folder_of(file);
    if (path.empty()) {
        return {std::string(file) + ": its folder is not in the table of include_rules.cpp"};
    }
    auto const folder = std::find_if(table().begin(), table().end(), [&](auto const& entry) {
        return entry.path == path;
    });

    std::vector<std::string> violations;
    for (auto const& line : include_lines(source)) {
        auto const group = group_of(file, line.text);
        bool const own = group == path;
        if (!own && group != "standard" && !allows(folder->may_include, group)) {
            violations.push_back(
                std::string(file) + ':' + std::to_string(line.line) + ": " + std::string(path) +
                " may not include " + line.text + " (" + group + ')'
            );
        }
    }
    return violations;
}

std::vector<std::string_view> known_folders() {
    std::vector<std::string_view> paths;
    for (auto const& folder : table()) paths.push_back(folder.path);
    return paths;
}

}  // namespace otp::test
