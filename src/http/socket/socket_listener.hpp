#pragma once

namespace otp::http {

/// Told when something happened on a socket.
class SocketListener {
public:
    /// The socket may have become readable or writable; nothing has been taken from it. Told once
    /// for each change, so whoever waits for input reads until there is none, or until a read gets
    /// less than it asked for. `peer_ended`: a FIN or RST is known to be among what has come,
    /// behind whatever is still to be read.
    virtual void on_ready(bool peer_ended) = 0;

protected:
    ~SocketListener() = default;
};

}  // namespace otp::http
