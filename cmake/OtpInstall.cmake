# Installation, and the packages by which others find the SDK: CMake's OtpClient with OtpClient::otp,
# OtpClient::testing, OtpClient::conformance and, if it was built, OtpClient::mocks; pkg-config's otp-client.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

if(NOT OTP_INSTALL)
  return()
endif()

set(otp_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/OtpClient)
set(otp_data_dir ${CMAKE_INSTALL_DATADIR}/otp-client)
set(otp_doc_dir ${CMAKE_INSTALL_DATADIR}/doc/otp-client)

# The component is what a program that is linked with the library needs of all this to be built.
install(TARGETS otp_sdk EXPORT OtpClientTargets COMPONENT otp_library)
install(TARGETS otp_testing otp_conformance EXPORT OtpClientTargets)
install(
  EXPORT OtpClientTargets
  NAMESPACE OtpClient::
  DESTINATION ${otp_package_dir}
)
install(
  DIRECTORY include/otp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT otp_library
)
install(DIRECTORY testing/include/ conformance/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# A file of its own: an application that does not ask for the mock vendors needs no cpp-httplib.
if(TARGET otp_mocks)
  install(TARGETS otp_mocks EXPORT OtpClientMocksTargets)
  install(
    EXPORT OtpClientMocksTargets
    NAMESPACE OtpClient::
    DESTINATION ${otp_package_dir}
  )
  install(DIRECTORY mocks/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(FILES cmake/FindCppHttplib.cmake DESTINATION ${otp_package_dir})
endif()

if(TARGET otp_cli)
  install(TARGETS otp_cli)
  install(FILES cli/man/otp.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(
    FILES cli/completion/otp.bash
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME otp
  )
endif()

install(FILES schema/otp-config.schema.json schema/otp-scenario.schema.json
        DESTINATION ${otp_data_dir}/schema
)
install(DIRECTORY mocks/recordings DESTINATION ${otp_data_dir})
install(DIRECTORY docs examples DESTINATION ${otp_doc_dir})
install(FILES README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE DESTINATION ${otp_doc_dir})

# As boost/version.hpp has it: 108100 for 1.81.0.
math(EXPR OTP_BOOST_VERSION_NUMBER
     "${Boost_VERSION_MAJOR} * 100000 + ${Boost_VERSION_MINOR} * 100 + ${Boost_VERSION_PATCH}"
)
configure_package_config_file(
  cmake/OtpClientConfig.cmake.in ${PROJECT_BINARY_DIR}/OtpClientConfig.cmake
  INSTALL_DESTINATION ${otp_package_dir}
  NO_SET_AND_CHECK_MACRO
)
# Before 1.0 a new minor version may break: see CHANGELOG.md.
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/OtpClientConfigVersion.cmake COMPATIBILITY SameMinorVersion
)
install(
  FILES ${PROJECT_BINARY_DIR}/OtpClientConfig.cmake
        ${PROJECT_BINARY_DIR}/OtpClientConfigVersion.cmake
        cmake/OtpClientComponents.cmake
  DESTINATION ${otp_package_dir}
)

include(OtpPkgConfig)
