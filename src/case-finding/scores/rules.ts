import { type Comorbidity, charlsonGroups, elixhauserGroups } from './comorbidity.data.ts'

/** The groups of a score somebody's ICD-10 codes fall in, each once; a milder one gives way to the worse. */
function groupsOf(codes: readonly string[], groups: readonly Comorbidity[]): readonly Comorbidity[] {
  const plain = codes.map((code) => code.replace('.', '').toUpperCase())
  const found = groups.filter(({ begins }) =>
    plain.some((code) => begins.some((begin) => code.startsWith(begin))),
  )
  return found.filter(({ givesWayTo }) => !found.some(({ key }) => key === givesWayTo))
}

const sum = (groups: readonly Comorbidity[], weight: string) =>
  groups.reduce((total, { weights }) => total + (weights[weight] ?? 0), 0)

/**
 * The Charlson index of ICD-10 codes, with or without the dot; whose they are is the caller's to choose.
 *
 * @returns whole numbers of 0 or more. Each group counts once, and a milder form gives way to the worse.
 * @source Quan 2005 codes; Charlson 1987 and Quan 2011 weights: see comorbidity.data.ts. It orders by illness already
 *   recorded, was made for death within a year or in hospital, and is not validated here.
 */
export function charlson(codes: readonly string[]): {
  readonly original: number
  readonly quan2011: number
  readonly words: readonly string[]
} {
  const groups = groupsOf(codes, charlsonGroups)
  return {
    original: sum(groups, 'original'),
    quan2011: sum(groups, 'quan2011'),
    words: groups.map(({ words }) => words),
  }
}

/**
 * Elixhauser's groups with van Walraven's weights.
 *
 * @returns a whole number, which may be under 0.
 * @source Quan 2005 codes, van Walraven 2009 weights: see comorbidity.data.ts. Made for death in hospital.
 */
export function elixhauser(codes: readonly string[]): number {
  return sum(groupsOf(codes, elixhauserGroups), 'vanWalraven')
}

/**
 * LACE of one stay.
 *
 * @param stay.nights nights of the stay, 0 for the same day. @param stay.comorbidity LACE's own comorbidity points,
 *   0 or more. @param stay.visits A&E visits in the 6 months before, without the one it began with.
 * @returns 0 to 19; 10 or more was called high.
 * @source van Walraven and others, CMAJ 2010;182:551. For readmission or death within 30 days of leaving hospital.
 */
export function lace(stay: {
  readonly nights: number
  readonly isEmergency: boolean
  readonly comorbidity: number
  readonly visits: number
}): number {
  const { nights, isEmergency, comorbidity, visits } = stay
  const length = nights >= 14 ? 7 : nights >= 7 ? 5 : Math.min(nights, 4)
  return length + (isEmergency ? 3 : 0) + (comorbidity >= 4 ? 5 : comorbidity) + Math.min(visits, 4)
}

/** Sources of the HOSPITAL score disagree on how earlier admissions are cut: the variant is always named. */
export type HospitalVariant = '0-1, 2-5, over 5' | '0, 1-5, over 5'

/**
 * The HOSPITAL score of one stay.
 *
 * @param stay.haemoglobin g/L and @param stay.sodium mmol/L at discharge.
 * @returns 0 to 13; 7 or more was called high.
 * @source Donze and others, JAMA Intern Med 2013;173:632 and 2016;176:496. For avoidable readmission within 30 days.
 */
export function hospital(
  stay: {
    readonly haemoglobin: number
    readonly sodium: number
    readonly isOncology: boolean
    readonly hadProcedure: boolean
    readonly isUrgent: boolean
    readonly admissionsBefore: number
    readonly nights: number
  },
  variant: HospitalVariant,
): number {
  const some = variant === '0-1, 2-5, over 5' ? 2 : 1
  const before = stay.admissionsBefore
  return (
    (stay.haemoglobin < 120 ? 1 : 0) +
    (stay.isOncology ? 2 : 0) +
    (stay.sodium < 135 ? 1 : 0) +
    (stay.hadProcedure ? 1 : 0) +
    (stay.isUrgent ? 1 : 0) +
    (before > 5 ? 5 : before >= some ? 2 : 0) +
    (stay.nights >= 5 ? 2 : 0)
  )
}

export type HospitalFrailty = {
  readonly points: number
  readonly band: 'low' | 'intermediate' | 'high'
}

const fromAge = 75

/**
 * The Hospital Frailty Risk Score of ICD-10 codes, by a table of points the site loads: none is shipped.
 *
 * @param points points of the first three characters of a code. Each counts once, however often it is recorded.
 * @returns points to one decimal, and their band: under 5 low, 5 to 15 intermediate, over 15 high. Undefined under 75,
 *   for whom it was not made.
 * @source Gilbert and others, Lancet 2018;391:1775. For people of 75 and over in hospital as an emergency.
 */
export function hospitalFrailty(
  codes: readonly string[],
  points: ReadonlyMap<string, number>,
  age: number,
): HospitalFrailty | undefined {
  if (age < fromAge) return undefined
  const groups = new Set(codes.map((code) => code.replace('.', '').toUpperCase().slice(0, 3)))
  const total = [...groups].reduce((all, group) => all + (points.get(group) ?? 0), 0)
  const rounded = Math.round(10 * total) / 10
  return { points: rounded, band: rounded < 5 ? 'low' : rounded <= 15 ? 'intermediate' : 'high' }
}

export type FrailtyBand = 'fit' | 'mild' | 'moderate' | 'severe'

/**
 * The share of a list's deficits that are recorded, and its band. Which codes make a deficit is the site's own list.
 *
 * @param deficits as recorded; one named twice counts once. @param listed how many the list has, 1 or more.
 * @returns a band's upper edge belongs to the band below: exactly 0.12 is fit.
 * @throws RangeError when more are recorded than listed: that is our mistake, not the user's.
 * @source The rule of Clegg and others, Age Ageing 2016;45:353 (36 deficits; edges 0.12, 0.24, 0.36). It finds people
 *   to look at, and is not the electronic frailty index unless the list is.
 */
export function deficitShare(
  deficits: readonly string[],
  listed: number,
): { readonly share: number; readonly band: FrailtyBand } {
  const found = new Set(deficits).size
  if (!(listed >= 1) || found > listed) throw new RangeError(`${found} deficits of a list of ${listed}`)
  const share = found / listed
  return {
    share,
    band: share <= 0.12 ? 'fit' : share <= 0.24 ? 'mild' : share <= 0.36 ? 'moderate' : 'severe',
  }
}
