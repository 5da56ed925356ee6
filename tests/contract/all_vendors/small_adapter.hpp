#pragma once

#include "observe.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/conformance/conformance.hpp>

#include <memory>
#include <string>
#include <vector>

/// An adapter that a test makes careless in one way, to see whether the conformance suite finds it.
namespace otp::conformance {

/// Where the small vendor's exchanges hold secrets: each in its own list of the description.
enum class Place { none, header, member, path, token_form, answer };

/// What a test makes careless.
struct Flaws {
    bool trusts_status{false};   ///< Every 2xx is a success.
    bool lenient_parser{false};  ///< Looks for a text instead of reading JSON.
    bool not_sent_after_5xx{false};
    bool not_sent_after_3xx{false};
    bool accepted_in_errors{false};
    bool blames_caller{false};  ///< Every failure is `invalid_request`.
    bool echoes{false};         ///< The body goes into the error.
    bool keeps_ids{false};      ///< An id is kept as the vendor wrote it.
    bool names_fields{false};   ///< So is the name of a field.
    bool guesses{false};        ///< Masks what looks personal, but does not look for what was sent.
    bool throws{false};
    bool trusts_codes{false};  ///< Puts them into a path as they are.
    bool ignores_retry_after{false};
    bool reads_one_retry_after{false};  ///< The first of several lines.
    bool outcome_after_5xx{false};
    bool outcome_after_3xx{false};
    bool ignores_contradictions{false};   ///< Looks at `ok` alone.
    bool top_level_only{false};           ///< Looks for contradictions, but not below the top.
    bool exact_names_only{false};         ///< Looks for contradictions by one spelling.
    bool knows_all_names{false};          ///< Of contradictions, so that others say nothing.
    bool trusts_known_names{false};       ///< Looks not into members that it knows itself.
    bool trusts_words{false};             ///< Takes a refusal's sentence for a success's.
    bool takes_any_type{false};           ///< A note that is no text is none.
    bool ignores_identity{false};         ///< Takes an answer for anybody.
    bool compares_beginning{false};       ///< Of the number that the answer names.
    bool takes_every_2xx{false};          ///< With the documented success in it.
    bool believes_failing_server{false};  ///< Its codes.
    bool believes_gateway{false};         ///< An HTML 403 is the vendor's word.
    bool blames_throttled{false};         ///< A 429 with HTML is not understood.
    bool other_handle{false};             ///< Before the answer.
    bool empty_success{false};            ///< Any 200 without a body.
    bool takes_every_level{false};        ///< A number that no document knows.
    bool takes_every_status{false};       ///< Looks at the body alone.
    bool unwraps{false};                  ///< Takes `{"data":S}` for S.
    bool mends_ids{false};                ///< Keeps `vendor_identifier` of an id.
    bool never_asks{false};               ///< No question after an approval.
    bool asks_by_post{false};             ///< It is no GET.
    bool confirms_anything{false};        ///< Whatever the answer to the question.
    bool trusts_the_question{false};      ///< Every 200 of it that is JSON.
    bool hides_field{false};              ///< The description does not list what it reads.
    bool lists_unread_field{false};       ///< It lists what is never read.
    Place hides_place{Place::none};       ///< It does not list the secret there.
};

/// `{"ok":true,"to":…}` is a success of the small vendor's; `{"ok":false,"message":…}` a refusal.
[[nodiscard]] std::unique_ptr<ProviderAdapter> make_small_adapter(Flaws const& flaws);

using Observe = Observations (*)(AdapterUnderTest const&);

/// Everything that shows the flaws, one observation each.
[[nodiscard]] Observations observations_of(Flaws const& flaws, Observe look = observe);

/// The failures that are told of the flaws.
[[nodiscard]] std::vector<Failure> failures_of(Flaws const& flaws);

/// The checks that find something: `send: garbage`.
[[nodiscard]] std::vector<std::string> findings(Flaws const& flaws, Observe look = observe);

/// `send: garbage`
[[nodiscard]] std::string check_of(Observation const& seen);

/// An adapter whose answers are documented with one success, and nothing about its members.
class PlainSubject {
public:
    explicit PlainSubject(Flaws const& flaws);
    [[nodiscard]] Observations observations() const { return observe(subject); }

    std::unique_ptr<ProviderAdapter const> const adapter;
    AdapterUnderTest subject;
};

}  // namespace otp::conformance
