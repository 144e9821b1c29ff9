import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether an area is counted as country or town, by the site's own list. */
export type AreaKind = { readonly area: string; readonly kind: 'Rural' | 'Urban' }

/**
 * Which areas are rural, from `content/rurality.csv` of the data folder: lsoa,rural or lsoa,urban a line, with a heading.
 * Empty when there is no such file. A line that says neither is passed over: its area is not known.
 *
 * Of areas and never of people: the population store has each person's area (LSOA, about 1,500 people) and no postcode,
 * so nothing is added to its closed list of columns.
 *
 * @source Requirements R-030. The Office for National Statistics publishes a rural and urban classification of LSOAs under
 *   the Open Government Licence; none is shipped, for which of its classes is country is the site's to say.
 */
export function ruralityList(dataFolder: string): readonly AreaKind[] {
  let text: string
  try {
    text = readFileSync(join(dataFolder, 'content', 'rurality.csv'), 'utf8')
  } catch {
    return []
  }
  return text
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line): readonly AreaKind[] => {
      const [area = '', said = ''] = line.split(',').map((cell) => cell.trim())
      const kind = said.toLowerCase()
      if (!/^[A-Z0-9]{3,12}$/i.test(area) || (kind !== 'rural' && kind !== 'urban')) return []
      return [{ area: area.toUpperCase(), kind: kind === 'rural' ? 'Rural' : 'Urban' }]
    })
}
