import { dateWords } from '#calendar'
import { DataTable, Section } from '#ui'
import { rateWords } from '../equity-words.ts'
import type { Run } from '../types.ts'
import { capital } from '../words.ts'
import { followedDays, type LaterLine } from './rules.ts'

/** What became of those decided on: a count for each decision, those the list found apart from those added by hand. */
export function LaterPart({ lines, run }: { readonly lines: readonly LaterLine[]; readonly run: Run }) {
  return (
    <Section heading="What happened later">
      {lines.length === 0 ? (
        <p>
          Nobody was decided on more than {followedDays} days before the list of {dateWords(run.indexOn)}, or
          hospital stays are not linked. There is nothing to count yet.
        </p>
      ) : (
        <DataTable
          caption={`Emergency admissions in the ${followedDays} days after each decision`}
          rows={lines}
          keyOf={({ decision, isByHand }) => `later-${decision}-${isByHand ? 'by-hand' : 'listed'}`}
          columns={[
            { head: 'Decision', cell: ({ decision }) => capital(decision) },
            { head: 'Found by', cell: ({ isByHand }) => (isByHand ? 'Somebody, by hand' : 'The list') },
            { head: 'People', cell: ({ people }) => people, isNumber: true },
            { head: 'Admitted', cell: ({ admitted }) => admitted, isNumber: true },
            {
              head: 'Of 100',
              cell: ({ of100, people, admitted }) => rateWords(of100, people, admitted),
              isNumber: true,
            },
          ]}
        />
      )}
      <p className="kw-second">
        Counted when the list of {dateWords(run.indexOn)} was made, with those who have died or moved since,
        whom a practice’s own decisions no longer show. Those accepted are usually those worst off, so this
        does not say whether being accepted helped. It says whether those declined were well without us, and
        whether those added by hand were the ones the list had missed.
      </p>
    </Section>
  )
}
