# Runs the tests of this folder if Node.js, the packages and Chromium are there.
# Needs OTP_PROGRAM, NODE_PACKAGES (a node_modules folder) and FOLDER, for configurations.
find_program(node NAMES node nodejs)
if(NOT node)
  message(FATAL_ERROR "Node.js is missing: ./run test installs it, or apt-get install nodejs npm")
endif()
find_program(chromium NAMES chromium chromium-browser google-chrome)
if(NOT chromium)
  message(FATAL_ERROR "Chromium is missing: ./run test installs it, or apt-get install chromium")
endif()
foreach(package IN ITEMS playwright-core axe-core)
  if(NOT EXISTS ${NODE_PACKAGES}/${package}/package.json)
    cmake_path(GET NODE_PACKAGES PARENT_PATH prefix)
    message(
      FATAL_ERROR
        "The Node package ${package} is missing: ./run test installs it, or "
        "npm install --prefix ${prefix} --no-package-lock --ignore-scripts ${package}"
    )
  endif()
endforeach()
execute_process(
  COMMAND
    ${CMAKE_COMMAND} -E env NODE_PATH=${NODE_PACKAGES} OTP_PROGRAM=${OTP_PROGRAM} FOLDER=${FOLDER}
    CHROMIUM=${chromium} ${node} --test ${CMAKE_CURRENT_LIST_DIR}/inbox_page.test.js
    COMMAND_ERROR_IS_FATAL ANY
)
