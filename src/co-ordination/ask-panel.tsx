import type { Permit, StaffVisit } from '#access'
import { shortDateWords } from '#calendar'
import { Button, HiddenFields, PostForm, Row, RowList, Section } from '#ui'
import { mayAskForHelp } from './ask-add.tsx'
import { askWords, isOpen } from './ask-rules.ts'
import { asksOf } from './ask-store.ts'

const mostShown = 5

/** On the page about a person: what volunteers were asked, how it stands, and the way to ask. */
export async function askSection(visit: StaffVisit, leave: Permit<'whole'>, hasDied: boolean) {
  const asks = (await asksOf(visit.db, leave))
    .filter(({ state }) => state !== 'taken back')
    .slice(0, mostShown)
  const mayAsk = visit.caller.activities.has(mayAskForHelp) && !hasDied
  if (asks.length === 0 && !mayAsk) return null
  const base = `/people/${leave.person}/asks`
  return (
    <Section heading="Help from volunteers" count={asks.length}>
      {asks.length === 0 ? (
        <p>Nobody has asked volunteers for anything.</p>
      ) : (
        <RowList label="Help from volunteers">
          {asks.map((ask) => (
            <Row
              key={ask.id}
              what={ask.what}
              why={`${askWords(ask)}. ${ask.organisationName}`}
              clock={
                ask.state === 'arranged' && ask.startsOn
                  ? `From ${shortDateWords(ask.startsOn, visit.today)}`
                  : isOpen(ask) && `Wanted by ${shortDateWords(ask.wantedBy, visit.today)}`
              }
              act={
                mayAsk &&
                isOpen(ask) && (
                  <PostForm action={`${base}/${ask.id}/back`} personToken={leave.person} layout="row">
                    <HiddenFields fields={{ turn: String(ask.turn) }} />
                    <Button kind="secondary" isSmall about={ask.what}>
                      Take back
                    </Button>
                  </PostForm>
                )
              }
            />
          ))}
        </RowList>
      )}
      {mayAsk && (
        <p>
          <a href={`${base}/add`}>Ask volunteers for help</a>
        </p>
      )}
    </Section>
  )
}
