// What the faults are called that the page has heard of: an exchange names one by its id alone.
const names = new Map();

/** Takes faults of the server, which may be ended later. */
export function rememberFaults(faults) {
  for (const { id, fault } of faults) names.set(id, fault);
}

/** The fault's name, or its id if it was ended before this page was opened. */
export function faultName(id) {
  return names.get(id) ?? id;
}
