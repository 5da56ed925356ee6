# cmake -DSOURCE=… -DTARGET=… -DPATCHES=a;b -P plant.cmake: a copy of the sources with all faults in
# it. A patch that does not fit the sources any more has to be written anew.
file(REMOVE_RECURSE ${TARGET})
file(COPY ${SOURCE}/src DESTINATION ${TARGET} FILES_MATCHING PATTERN "*.cpp")
foreach(patch IN LISTS PATCHES)
  execute_process(
    COMMAND patch --strip=1 --fuzz=0 --silent --no-backup-if-mismatch --input=${patch}
    WORKING_DIRECTORY ${TARGET} COMMAND_ERROR_IS_FATAL ANY
  )
endforeach()
# Not by the compiler's option: headers that were compiled in advance have to come first.
file(GLOB_RECURSE files ${TARGET}/*.cpp)
foreach(file IN LISTS files)
  file(READ ${file} text)
  file(WRITE ${file} "#include \"simulation/planted/is_planted.hpp\"\n${text}")
endforeach()
