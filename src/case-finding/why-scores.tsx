import { dateWords } from '#calendar'
import { Details, SummaryList } from '#ui'
import type { PublishedScores } from './scores/score-store.ts'

/** Published points scores, folded: what each is for, and that none is validated here. They order nobody. */
export function Scores({ scores }: { readonly scores?: PublishedScores }) {
  if (!scores) return null
  const { charlson, elixhauser, lace, deficits, hospitalFrailty } = scores
  return (
    <Details summary="Published scores. Not validated here">
      <p>
        They add up points for illnesses recorded in hospital in 3 years, and order nobody on this list. None
        says how likely anything is here.
      </p>
      <SummaryList
        rows={[
          {
            label: 'Charlson index',
            value: charlson
              ? `${charlson.original} (1987 weights), ${charlson.quan2011} (Quan 2011 weights)${charlson.words.length > 0 ? `: ${charlson.words.join(', ')}` : ''}. Made for death within 1 year`
              : 'Hospital records are not linked',
          },
          {
            label: 'Elixhauser, van Walraven weights',
            value:
              elixhauser === undefined
                ? 'Hospital records are not linked'
                : `${elixhauser}. Made for death in hospital`,
          },
          {
            label: 'LACE',
            value: lace
              ? `${lace.points} of 19 at leaving hospital on ${dateWords(lace.leftOn)}; the 1987 Charlson points stand for its own. Made for the 30 days after leaving`
              : 'No emergency stay that ended in 3 years',
          },
          {
            label: 'HOSPITAL',
            value:
              'Not available, in either variant (earlier admissions cut at 0-1, 2-5, over 5, or at 0, 1-5, over 5). Missing: whether a procedure was done in the stay, and haemoglobin and sodium at leaving; the blood results here are not tied to a stay',
          },
          {
            label: 'Hospital Frailty Risk Score',
            value: frailtyWords(hospitalFrailty),
          },
          {
            label: 'Share of frailty deficits',
            value: deficits
              ? `${deficits.found} of ${deficits.listed} of the list loaded here: ${deficits.band}. It finds people to look at`
              : 'No list of deficits is loaded here',
          },
        ]}
      />
    </Details>
  )
}

function frailtyWords(score: PublishedScores['hospitalFrailty']): string {
  if (score === undefined) return 'Not available: no table of its points is loaded here'
  if (score === 'does not apply') return 'No emergency stay in 2 years, or under 75: it does not apply'
  return `${score.points} by the table loaded here: ${score.band}. Made for people of 75 and over in hospital as an emergency`
}
