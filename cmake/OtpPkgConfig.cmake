# otp-client.pc: `pkg-config --cflags --libs otp-client`. It may be moved together with the rest of
# what is installed.

# otp_linker_options(target result): -L and -l for an imported library.
function(otp_linker_options target result)
  get_target_property(file ${target} LOCATION)
  cmake_path(GET file PARENT_PATH folder)
  cmake_path(GET file FILENAME name)
  string(REGEX REPLACE "^lib(.+)\\.(so|a)[.0-9]*$" "\\1" name "${name}")
  set(${result} "-L${folder} -l${name}" PARENT_SCOPE)
endfunction()

cmake_path(SET otp_pc_dir ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH otp_pc_to_prefix ${otp_pc_dir} ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" otp_pc_to_prefix "${otp_pc_to_prefix}")
file(RELATIVE_PATH otp_pc_libdir ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_LIBDIR})
file(RELATIVE_PATH otp_pc_includedir ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_INCLUDEDIR})

# What headers use inline is linked by each application, the rest only with the static library.
otp_linker_options(Boost::json otp_pc_boost_json)
otp_linker_options(Boost::url otp_pc_boost_url)
set(otp_pc_openssl "libssl >= 3.0, libcrypto >= 3.0")
get_target_property(otp_library_type otp_sdk TYPE)
if(otp_library_type STREQUAL "SHARED_LIBRARY")
  set(otp_pc_requires "")
  set(otp_pc_requires_private "${otp_pc_openssl}")
  set(otp_pc_libs "${otp_pc_boost_json}")
  set(otp_pc_libs_private "${otp_pc_boost_url}")
else()
  set(otp_pc_requires "${otp_pc_openssl}")
  set(otp_pc_requires_private "")
  set(otp_pc_libs "${otp_pc_boost_json} ${otp_pc_boost_url}")
  set(otp_pc_libs_private "")
endif()
get_target_property(otp_pc_boost_include Boost::headers INTERFACE_INCLUDE_DIRECTORIES)

configure_file(cmake/otp-client.pc.in ${PROJECT_BINARY_DIR}/otp-client.pc @ONLY)
install(
  FILES ${PROJECT_BINARY_DIR}/otp-client.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT otp_library
)
