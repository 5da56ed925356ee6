# Runs the tests of this folder if Node.js and the package are there.
# Needs OTP_PROGRAM, NODE_PACKAGES (a node_modules folder) and FOLDER, for certificates.
find_program(node NAMES node nodejs)
if(NOT node)
  message(FATAL_ERROR "Node.js is missing: ./run test installs it, or apt-get install nodejs npm")
endif()
if(NOT EXISTS ${NODE_PACKAGES}/stytch/package.json)
  cmake_path(GET NODE_PACKAGES PARENT_PATH prefix)
  message(
    FATAL_ERROR
      "The Node package stytch is missing: ./run test installs it, or "
      "npm install --prefix ${prefix} --no-package-lock --ignore-scripts stytch@14"
  )
endif()
# A certificate of an earlier run may have expired.
file(REMOVE_RECURSE ${FOLDER})
execute_process(
  COMMAND
    ${CMAKE_COMMAND} -E env NODE_PATH=${NODE_PACKAGES} OTP_PROGRAM=${OTP_PROGRAM} FOLDER=${FOLDER}
    ${node} ${CMAKE_CURRENT_LIST_DIR}/run_with_mock.js
    ${CMAKE_CURRENT_LIST_DIR}/stytch_sdk.test.js COMMAND_ERROR_IS_FATAL ANY
)
