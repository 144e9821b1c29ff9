import { dateWords, londonDate } from '#calendar'
import { type AboutPerson, whomToRing, whoSays } from '#people'
import { Panel, SummaryList, Telephone } from '#ui'
import type { Known } from './known.ts'
import { sourceWords } from './said-list.tsx'
import type { DeathSaid } from './types.ts'

/** What the records say, what speaks against it, whom to ask, and what nobody is to do before somebody knows. */
export function ToCheck(props: {
  readonly about: AboutPerson
  readonly said: readonly DeathSaid[]
  readonly known: Known
}) {
  const { about, said, known } = props
  const { person, lead } = about
  const standing = said.filter(({ endedAt, supplier }) => !endedAt && supplier)
  const before = said.find(({ endedWhy }) => endedWhy === 'taken back')
  const owner = lead && whomToRing(lead)
  return (
    <Panel kind="caution" heading="The records say so, and nobody here has confirmed it">
      <p>{whoSays(person)}</p>
      <SummaryList
        rows={[
          ...standing.map((one) => ({
            label: 'It was said by',
            value: `${sourceWords(one)}: died ${dateWords(one.diedOn)}`,
          })),
          ...(before?.endedAt
            ? [
                {
                  label: 'Before',
                  value: `${before.endedByName} took back on ${dateWords(londonDate(before.endedAt))} that they died on ${dateWords(before.diedOn)}`,
                },
              ]
            : []),
          { label: 'Last in touch', value: <LastInTouch about={about} at={known.lastContactAt} /> },
          ...(known.practice ? [{ label: 'Their practice', value: <Ring {...known.practice} /> }] : []),
          ...(owner
            ? [{ label: 'Case manager', value: <Ring name={owner.name} telephone={owner.telephone} /> }]
            : []),
        ]}
      />
      <p>Ask their practice first. Until you know:</p>
      <ul>
        <li>do not ring or write to them or their family as if they were alive, nor as if they had died</li>
        <li>close nothing and end nothing because of it</li>
        <li>what is due stays and is held: tasks, contacts and measures come back if they are alive</li>
      </ul>
    </Panel>
  )
}

function LastInTouch({ about, at }: { readonly about: AboutPerson; readonly at: Date | undefined }) {
  const { diedOn } = about.person
  if (!at) return <>Nobody here has written a contact down</>
  const on = londonDate(at)
  const isAfter = diedOn !== undefined && on > diedOn
  return isAfter ? (
    <b>{dateWords(on)}: after the day they are said to have died. Read that contact</b>
  ) : (
    dateWords(on)
  )
}

const Ring = ({ name, telephone }: { readonly name: string; readonly telephone?: string | null }) => (
  <>
    {name}
    {telephone && (
      <>
        , <Telephone number={telephone} />
      </>
    )}
  </>
)
