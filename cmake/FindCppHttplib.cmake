# cpp-httplib as Debian builds it: CppHttplib::CppHttplib. Installed with the package, so that its
# mock vendors link the library of the machine that they are used on.
find_path(OTP_HTTPLIB_INCLUDE_DIR httplib.h)
find_library(OTP_HTTPLIB_LIBRARY cpp-httplib)
mark_as_advanced(OTP_HTTPLIB_INCLUDE_DIR OTP_HTTPLIB_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  CppHttplib REQUIRED_VARS OTP_HTTPLIB_LIBRARY OTP_HTTPLIB_INCLUDE_DIR
)

if(CppHttplib_FOUND AND NOT TARGET CppHttplib::CppHttplib)
  add_library(CppHttplib::CppHttplib UNKNOWN IMPORTED)
  set_target_properties(
    CppHttplib::CppHttplib
    PROPERTIES IMPORTED_LOCATION "${OTP_HTTPLIB_LIBRARY}"
               INTERFACE_INCLUDE_DIRECTORIES "${OTP_HTTPLIB_INCLUDE_DIR}"
               # Its classes are laid out differently without TLS, which the library is built with.
               INTERFACE_COMPILE_DEFINITIONS CPPHTTPLIB_OPENSSL_SUPPORT
  )
  if(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL)
    set_target_properties(CppHttplib::CppHttplib PROPERTIES IMPORTED_GLOBAL ON)
  endif()
endif()
