# Installation and the CMake package OtpClient.
