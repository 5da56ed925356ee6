# Installation and the CMake package OtpClient: find_package(OtpClient [COMPONENTS mocks]) brings
# OtpClient::otp, OtpClient::testing and, if it was built, OtpClient::mocks.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

option(OTP_INSTALL "Install the SDK" ${PROJECT_IS_TOP_LEVEL})
if(NOT OTP_INSTALL)
  return()
endif()

set(otp_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/OtpClient)

# The floors are installed because static libraries need each other; only the three names without
# a floor's are meant to be linked.
set(otp_layers
    otp_model
    otp_platform
    otp_providers
    otp_http
    otp_delivery
    otp_config
    otp_client
)
foreach(layer IN LISTS otp_layers)
  string(REPLACE "otp_" "layer_" exported_name ${layer})
  set_target_properties(${layer} PROPERTIES EXPORT_NAME ${exported_name})
endforeach()
set_target_properties(otp_testing PROPERTIES EXPORT_NAME testing)

install(TARGETS otp ${otp_layers} otp_testing EXPORT OtpClientTargets)
install(
  EXPORT OtpClientTargets
  NAMESPACE OtpClient::
  DESTINATION ${otp_package_dir}
)
install(DIRECTORY include/otp testing/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# A file of its own: an application that does not ask for the mock vendors needs no cpp-httplib.
if(TARGET otp_mocks)
  set_target_properties(otp_mocks PROPERTIES EXPORT_NAME mocks)
  install(TARGETS otp_mocks EXPORT OtpClientMocksTargets)
  install(
    EXPORT OtpClientMocksTargets
    NAMESPACE OtpClient::
    DESTINATION ${otp_package_dir}
  )
  install(DIRECTORY mocks/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endif()

install(
  FILES schema/otp-config.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/otp-client/schema
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
  DESTINATION ${otp_package_dir}
)
