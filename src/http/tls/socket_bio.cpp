#include "http/tls/socket_bio.hpp"

#include <cerrno>

namespace otp::http {
namespace {

CountedSocket& socket_of(BIO* bio) {
    return *static_cast<CountedSocket*>(BIO_get_data(bio));
}

// OpenSSL's contract: 1 and the size, or 0 with a retry flag or errno set.
int report(BIO* bio, IoResult const& result, std::size_t* size, int retry_flag) {
    BIO_clear_retry_flags(bio);
    *size = result.size;
    switch (result.status) {
        case IoStatus::done:
            return 1;
        case IoStatus::want_read:
        case IoStatus::want_write:
            BIO_set_flags(bio, BIO_FLAGS_SHOULD_RETRY | retry_flag);
            return 0;
        case IoStatus::end_of_stream:
            BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
            return 0;
        case IoStatus::truncated:
        case IoStatus::failed:
            break;
    }
    errno = result.error.value();
    return 0;
}

int read_bytes(BIO* bio, char* into, std::size_t capacity, std::size_t* size) {
    return report(bio, socket_of(bio).read({into, capacity}), size, BIO_FLAGS_READ);
}

int write_bytes(BIO* bio, char const* bytes, std::size_t count, std::size_t* size) {
    return report(bio, socket_of(bio).write({bytes, count}), size, BIO_FLAGS_WRITE);
}

long control(BIO* bio, int command, long, void*) {
    switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_EOF:
            return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
        default:
            return 0;
    }
}

int create(BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
}

BIO_METHOD* make_method() {
    BIO_METHOD* const method =
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "counted socket");
    BIO_meth_set_read_ex(method, read_bytes);
    BIO_meth_set_write_ex(method, write_bytes);
    BIO_meth_set_ctrl(method, control);
    BIO_meth_set_create(method, create);
    return method;
}

}  // namespace

BIO* make_socket_bio(CountedSocket& socket) {
    // One method table for the process, in use as long as any connection lives: never freed.
    static BIO_METHOD* const method = make_method();
    BIO* const bio = BIO_new(method);
    if (bio != nullptr) BIO_set_data(bio, &socket);
    return bio;
}

}  // namespace otp::http
