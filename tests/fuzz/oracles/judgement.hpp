#pragma once

#include <map>
#include <string>
#include <utility>

namespace otp::fuzz {

/// What the vendor's documents make of an answer.
struct Judgement {
    enum class Success {
        required,   ///< Exactly a documented success.
        allowed,    ///< Nothing speaks against a success; the documents leave it open.
        forbidden,  ///< No success, whatever else it is.
    };

    Success success{Success::allowed};
    /// Why it is forbidden.
    std::string reason{};
    /// The id of the verified person in the answer or request: a verification names it or none.
    std::string user_id{};
    /// What a receipt's handle must hold, by name.
    std::map<std::string, std::string> references{};
};

[[nodiscard]] inline Judgement forbidden(std::string reason) {
    return {Judgement::Success::forbidden, std::move(reason)};
}

}  // namespace otp::fuzz
