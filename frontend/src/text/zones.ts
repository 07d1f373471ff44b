// Time zones as people look for them: by region, then city.

export interface Region {
  name: string
  zones: { value: string; city: string }[]
}

/** The zone of this computer. */
export const zoneHere = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** cityOf is a zone's last step with spaces, "Buenos Aires" of America/Argentina/Buenos_Aires. */
export function cityOf(zone: string): string {
  return zone.split('/').slice(1).join(', ').replaceAll('_', ' ') || zone
}

/** regions lists every zone this view knows, and one more where it is chosen and unknown here. */
export function regions(chosen: string): Region[] {
  const known = Intl.supportedValuesOf('timeZone')
  const all = chosen && !known.includes(chosen) ? [...known, chosen] : known
  const found = new Map<string, Region>()
  for (const value of all) {
    const name = value.split('/')[0] ?? value
    const region = found.get(name) ?? { name, zones: [] }
    region.zones.push({ value, city: cityOf(value) })
    found.set(name, region)
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}
