import { dateWords, type LondonDate } from '#calendar'
import { importedOnly } from './imported.data.ts'
import { instruments } from './instruments.data.ts'
import { questionsOf, type SitePack } from './pack-file.ts'
import { type ScoreOnly, scoreOnly } from './score-only.data.ts'
import type { Instrument, Measure, Schedule } from './types.ts'

/** What may be asked at this site today, and what has been: the words that ship and those of its own packs. */
export type Library = {
  /** May be asked now, in the order pages list them. */
  readonly asked: readonly Instrument[]
  /** Everything that may have been answered, one for each key. */
  readonly known: readonly Instrument[]
  /** Every pack ever put in, as an instrument. */
  readonly packs: readonly Instrument[]
  /** Could be asked with a licence that this site has not. */
  readonly unlicensed: readonly ScoreOnly[]
}

/** Whether a pack is in force: not withdrawn, and its licence runs. */
export const isInForce = (
  pack: Pick<SitePack, 'licensedFrom' | 'licensedUntil' | 'endedAt'>,
  today: LondonDate,
): boolean => !pack.endedAt && pack.licensedFrom <= today && pack.licensedUntil >= today

/** Whose licence somebody reads these words under. */
export const licenceWords = (
  pack: Pick<SitePack, 'notice' | 'holder' | 'reference' | 'licensedUntil'>,
): string =>
  `${pack.notice.replace(/\.$/, '')}. Licence of ${pack.holder}, reference ${pack.reference}, until ${dateWords(pack.licensedUntil)}.`

/** @param packs every pack of the site, newest first. */
export function libraryOf(packs: readonly SitePack[], today: LondonDate): Library {
  const brought = packs.flatMap((pack) => {
    const scoring = scoreOnly.find(({ key }) => key === pack.instrument)
    return scoring ? [{ pack, instrument: withWords(scoring, pack) }] : []
  })
  const inForce = brought.filter(({ pack }) => isInForce(pack, today)).map(({ instrument }) => instrument)
  const newest = scoreOnly.flatMap(({ key }) => brought.find(({ pack }) => pack.instrument === key) ?? [])
  return {
    asked: [...instruments, ...scoreOnly.flatMap(({ key }) => inForce.find((one) => one.key === key) ?? [])],
    known: [...instruments, ...newest.map(({ instrument }) => instrument), ...importedOnly],
    packs: brought.map(({ instrument }) => instrument),
    unlicensed: scoreOnly.filter(({ key }) => !inForce.some((one) => one.key === key)),
  }
}

const withWords = (scoring: ScoreOnly, pack: SitePack): Instrument => ({
  key: scoring.key,
  version: `${pack.version}: ${pack.edition}`,
  name: scoring.name,
  about: scoring.about,
  scales: scoring.scales,
  review: scoring.review,
  stem: pack.words.stem,
  answeredBy: pack.words.answeredBy,
  credit: licenceWords(pack),
  items: questionsOf(pack.words),
  pack: { id: pack.id, licensedFrom: pack.licensedFrom },
})

/** The instrument of a key that may be asked now. */
export const instrumentToAsk = (library: Library, key: string): Instrument | undefined =>
  library.asked.find((one) => one.key === key)

/** The words some answers were given to: those of their own pack, however long ago it was withdrawn. */
export const wordsOf = (
  library: Library,
  { instrument, packId }: Pick<Measure, 'instrument' | 'packId'>,
): Instrument | undefined =>
  packId
    ? library.packs.find(({ pack }) => pack?.id === packId)
    : library.known.find(({ key }) => key === instrument)

/** Said wherever a measure would be asked and no licence for it is in force. */
export const needsLicence = 'not available here: needs a licence'

/** What of a schedule can be asked here: what needs a licence that nobody has is never due. */
export const schedulable = (schedule: Schedule, library: Library): Schedule =>
  schedule.filter(({ instrument }) => !library.unlicensed.some(({ key }) => key === instrument))
