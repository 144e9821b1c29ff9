import type { LondonDate } from '#calendar'
import type { InBrief } from './types.ts'

type BriefRow = readonly [
  rank: number,
  emergencyAdmissions: number,
  aeVisits: number,
  /** By their place among those anybody of the part has. */
  conditions: readonly number[],
  lastAdmissionOn: LondonDate | null,
  /** What else is known; most often nothing is. */
  more?: Partial<
    Pick<
      InBrief,
      'isCareHome' | 'livesAlone' | 'isReturned' | 'risk' | 'isRiskRising' | 'flags' | 'usualIn100'
    >
  >,
]

/** The part as it is kept: the conditions anybody of it has, then everybody. */
type BriefsRow = readonly [conditions: readonly string[], ...lines: readonly BriefRow[]]

const nothingMore: NonNullable<BriefRow[5]> = {}

// Each by name: to spread or to loop over columns takes several times as long.
function briefOf(row: BriefRow, conditions: readonly string[]): InBrief {
  const more = row[5] ?? nothingMore
  return {
    rank: row[0],
    emergencyAdmissions: row[1],
    aeVisits: row[2],
    conditions: row[3].map((place) => conditions[place] ?? ''),
    lastAdmissionOn: row[4] ?? undefined,
    isCareHome: more.isCareHome,
    livesAlone: more.livesAlone,
    isReturned: more.isReturned ?? false,
    risk: more.risk,
    isRiskRising: more.isRiskRising,
    flags: more.flags,
    usualIn100: more.usualIn100,
  }
}

/** Everybody of a part as it is kept (`listed_part`), highest first. */
export function briefsOf(part: string | null): readonly InBrief[] {
  if (!part) return []
  const [conditions, ...lines]: BriefsRow = JSON.parse(part)
  return lines.map((line) => briefOf(line, conditions))
}
