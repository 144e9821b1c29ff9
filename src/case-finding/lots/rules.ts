import { dateWords, daysBetween, type LondonDate } from '#calendar'
import { capital, counted } from '../words.ts'
import type { Band, InLine, InLot, Lot, Parted } from './types.ts'

type Problem = { readonly field: string; readonly message: string }

const ranks = [2, 5, 10, 20, 50] as const
const in100 = [1, 2, 5] as const

/** The bands there are, by what an address calls them. */
const bandsByCode: ReadonlyMap<string, Band> = new Map<string, Band>([
  ['alike', { kind: 'alike' }],
  ...ranks.map((width): [string, Band] => [`ranks-${width}`, { kind: 'ranks', width }]),
  ...in100.map((width): [string, Band] => [`in100-${width}`, { kind: 'in 100', width }]),
])

/**
 * Whether a band is near on a list. One by a model has numbers; whoever the rule counts alike may stand anywhere on it, so that the
 * first could be drawn against the last.
 *
 * @param hasNumbers the list is by a model in use.
 */
const isNearOn = ({ kind }: Band, hasNumbers: boolean) => kind !== (hasNumbers ? 'alike' : 'in 100')

/** The bands that may be chosen, the nearest first. @param hasNumbers the list is by a model in use. */
export const bandChoices = (hasNumbers: boolean) =>
  [...bandsByCode]
    .filter(([, band]) => isNearOn(band, hasNumbers))
    .map(([value, band]) => ({ value, words: capital(bandWords(band)) }))

/** A band as a sentence says it. */
export function bandWords(band: Band): string {
  switch (band.kind) {
    case 'alike':
      return 'counted alike by the rule'
    case 'ranks':
      return `within ${band.width} ranks of the line`
    case 'in 100':
      return `within ${band.width} in 100 of the number at the line`
  }
}

/** "3 were drawn". */
export const drawnWords = ({ drawn }: Pick<Lot, 'drawn'>): string => counted(drawn, 'was drawn', 'were drawn')

const mostPlaces = 10_000

/** What is asked of a draw, as it was typed or as an address says it. */
export type LotForm = { readonly places: string; readonly band: string }

/**
 * Reads how many places there are and how near is near.
 *
 * @param hasNumbers the list is by a model in use. @returns each mistake at its field.
 */
export function readLotForm(
  form: LotForm,
  hasNumbers: boolean,
): { readonly places: number; readonly band: Band } | { readonly problems: readonly Problem[] } {
  const places = whole(form.places, mostPlaces)
  const band = bandsByCode.get(form.band)
  const isBand = band !== undefined && isNearOn(band, hasNumbers)
  if (places !== undefined && isBand) return { places, band }
  return {
    problems: [
      ...(places === undefined
        ? [{ field: 'places', message: 'Enter how many places are free, a whole number from 1 to 10,000' }]
        : []),
      ...(isBand ? [] : [{ field: 'band', message: 'Select who counts as a near tie' }]),
    ],
  }
}

const whole = (text: string, most: number): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= most ? Number(text) : undefined

/**
 * Parts a line at its places: those nearer the front than the band are asked without a lot, those within it are drawn
 * for the places left.
 *
 * @param line everybody to judge, in the list's order.
 * @returns why nothing is to be drawn, in words, where that is so.
 */
export function partLine(
  line: readonly InLine[],
  places: number,
  band: Band,
): Parted | { readonly nothing: string } {
  const last = line[places - 1]
  if (!last || line.length === places) {
    return {
      nothing: `${counted(line.length, 'person is', 'people are')} left to judge and ${counted(places, 'place is', 'places are')} free. There is a place for everybody, so nothing is drawn.`,
    }
  }
  const isNear = nearTo(last, places, band)
  const before = line.slice(0, places).filter((one, at) => !isNear(one, at))
  const inDraw = line.filter(isNear)
  const after = line.slice(places).filter((one, at) => !isNear(one, places + at))
  const toDraw = places - before.length
  if (inDraw.length <= toDraw) {
    return {
      nothing:
        'Nobody after the line is that near to it, so nothing is drawn. Enter another number of places, or choose a wider near tie',
    }
  }
  return { before, inDraw, after, toDraw }
}

/** Risks are sums of many small numbers: two within a billionth are one. */
const hair = 1e-9

function nearTo(last: InLine, places: number, band: Band): (one: InLine, at: number) => boolean {
  switch (band.kind) {
    case 'alike':
      return (one) =>
        one.emergencyAdmissions === last.emergencyAdmissions &&
        one.aeVisits === last.aeVisits &&
        one.conditions === last.conditions
    case 'ranks':
      return (_, at) => at >= places - band.width && at < places + band.width
    case 'in 100':
      return ({ risk }) =>
        risk !== undefined && last.risk !== undefined && Math.abs(risk - last.risk) <= band.width / 100 + hair
  }
}

const recentDays = 35

/** Whether those drawn still hold their places: for as long as a list is not old. */
export const isRecent = ({ drawnOn }: Pick<Lot, 'drawnOn'>, today: LondonDate): boolean =>
  daysBetween(drawnOn, today) <= recentDays

/** What is wrong with accepting somebody who was in the last draw and not drawn: it takes the reason in words. */
export function problemsWithNotDrawn(
  lots: readonly InLot[],
  words: string | undefined,
  today: LondonDate,
): readonly Problem[] {
  const last = lots[0]
  if (!last || last.isDrawn || !isRecent(last, today) || words?.trim()) return []
  const on = dateWords(last.drawnOn)
  return [{ field: 'words', message: `Enter why now: they were in the draw of ${on} and not drawn` }]
}
