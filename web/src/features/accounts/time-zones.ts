/** Time zones to choose from, by name. `kept` is in the list whatever this browser knows. */
export function timeZones(kept: string): readonly string[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set([...known, 'UTC', kept])].sort();
}

/** "Europe/Berlin" for people: "Europe / Berlin", without underscores. */
export function timeZoneLabel(zone: string): string {
  return zone.replaceAll('_', ' ').replaceAll('/', ' / ');
}
