import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { identitiesOf, nameInSentence } from '#people'
import {
  Button,
  HiddenFields,
  Panel,
  PostForm,
  Radios,
  Row,
  RowList,
  renderPage,
  Section,
  SummaryList,
  TextArea,
  Timeline,
} from '#ui'
import { kitAddress, queueAddress } from './addresses.ts'
import { maySettle, settleAlert, waitingAlert } from './alert-actions.ts'
import { alertTurnsOf } from './alert-store.ts'
import { standsWords } from './queue-page.tsx'
import { loansAround, openHolders } from './queue-store.ts'
import { waitReasons } from './reasons.data.ts'
import { answersFor, isWaiting, needsTime, type Settling } from './settling.ts'
import type { AlertTurn, KitAlert, Loan } from './types.ts'
import { atWords, isTyped, readWhen, WhenField } from './when.tsx'

/** One alert that is with nobody: what it says, who had its kit around then, and what somebody decides. */
export async function showAlert(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const alert = await waitingAlert(visit, asked.params.alert ?? '')
  const list = await openHolders(visit, alert.id)
  const loans = await loansAround(visit.db, list, alert)
  const names = new Map((await identitiesOf(visit.db, list)).map((one) => [one.id, nameInSentence(one)]))
  const turns = await alertTurnsOf(visit.db, alert.id)
  const mayAnswer = visit.caller.activities.has(maySettle) && answersFor(alert).length > 0
  const html = renderPage({
    furniture: asked.furniture,
    title: 'An alert with nobody',
    heading: `${alert.product} says: “${alert.words}”`,
    back: { href: queueAddress, words: 'Alerts we cannot give to anybody yet' },
    isStamped: true,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Panel kind={isWaiting(alert) ? 'worse' : 'neutral'} heading={standsWords(alert, visit.now)}>
          {alert.reason && isWaiting(alert) && <p>{waitReasons[alert.reason].todo}</p>}
        </Panel>
        <SummaryList
          rows={[
            { label: 'Serial', value: alert.serial },
            { label: 'It happened', value: happenedWords(alert) },
            { label: 'It came', value: atWords(alert.arrivedAt) },
            {
              label: 'How bad',
              value: alert.level ? `${alert.product} calls it “${alert.level}”` : 'The product does not say',
            },
            { label: 'Message number', value: alert.messageId },
          ]}
        />
        <Section heading="Who has had this kit" count={loans.length}>
          <Around loans={loans} names={names} />
        </Section>
        {mayAnswer && <AnswerForm alert={alert} />}
        <Section heading="How it got here">
          <Timeline items={turns.map(turnItem)} />
        </Section>
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const happenedWords = ({ happenedAt, happenedAsWritten }: KitAlert): string =>
  happenedAt
    ? `${atWords(happenedAt)} (the product wrote ${happenedAsWritten || 'nothing'})`
    : `Not known: the product wrote ${happenedAsWritten || 'nothing'}`

function Around(props: { readonly loans: readonly Loan[]; readonly names: ReadonlyMap<string, string> }) {
  const { loans, names } = props
  if (loans.length === 0)
    return (
      <p>
        Nobody you can open. <a href={kitAddress}>Look at the kit</a>, or lend it on the person’s page, under
        Kit, from the day they really had it.
      </p>
    )
  return (
    <RowList label="Loans">
      {loans.map((loan) => (
        <Row
          key={loan.loanId}
          who={<a href={`/people/${loan.personId}/kit`}>{names.get(loan.personId) ?? 'Somebody'}</a>}
          what={`${atWords(loan.from)} ${loan.until ? `to ${atWords(loan.until)}` : 'until now'}`}
          why={`Lent by ${loan.lentByName}, serial read back to ${loan.checkedWith}`}
          act={
            <Button
              kind="secondary"
              isSmall
              href={`/people/${loan.personId}/kit/${loan.loanId}`}
              about={`of ${names.get(loan.personId) ?? 'somebody'}`}
            >
              Correct dates
            </Button>
          }
        />
      ))}
    </RowList>
  )
}

const answerWords: Readonly<Record<NonNullable<Settling['answer']>, { words: string; hint: string }>> = {
  'ask again': {
    words: 'Give it to whoever had the kit then',
    hint: 'By the dates as they are now, and the time you enter below if you do',
  },
  'not ours': {
    words: 'It is about nobody we look after',
    hint: 'Tried out here, another service’s kit, or answered elsewhere. You can take this back',
  },
  stays: {
    words: 'It stays with whom it was given to',
    hint: 'The dates were right before, or what was done holds all the same',
  },
  'take back': { words: 'Take the answer back: it waits again', hint: 'Both answers stay to be read' },
}

function AnswerForm({ alert }: { readonly alert: KitAlert }) {
  const when = (
    <WhenField
      name="happened"
      label="On which day did it really happen?"
      clock="At what time did it happen?"
      hint={needsTime(alert) ? undefined : 'Leave empty unless the product’s time is wrong'}
    />
  )
  return (
    <PostForm action={`${queueAddress}/${alert.id}`}>
      <HiddenFields fields={{ turn: String(alert.turn) }} />
      <Radios
        name="answer"
        label="What did you decide?"
        choices={answersFor(alert).map((value) => ({
          ...{ value, ...answerWords[value] },
          ...(value === 'ask again' && { whenChosen: when }),
        }))}
      />
      <TextArea name="words" label="How do you know?" rows={3} />
      <Button quickKey="S">Save</Button>
    </PostForm>
  )
}

const stateWords: Readonly<Record<AlertTurn['state'], string>> = {
  arrived: 'Came',
  given: 'Given to a case manager',
  parked: 'Nobody could be given it',
  'in doubt': 'It may be somebody else’s',
  'ask again': 'Asked again whose it is',
  'not ours': 'Not ours',
  stays: 'It stays with whom it was given to',
}

const turnItem = ({ state, reason, words, byName, at }: AlertTurn) => ({
  when: atWords(at),
  what: [
    stateWords[state],
    ...(reason && state !== 'not ours' && state !== 'stays' ? [waitReasons[reason].words] : []),
    ...(words ? [words] : []),
  ].join('. '),
  by: byName ?? 'Keyworker, by the dates of the kit',
})

/** Keeps what somebody decided. */
export async function sendAlert(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { text } = asked.form
  const alert = await waitingAlert(visit, asked.params.alert ?? '')
  const answer = answersFor(alert).find((one) => one === text('answer'))
  const happenedAt = readWhen(asked.form, 'happened')
  if (answer === 'ask again' && isTyped(asked.form, 'happened') && !happenedAt) {
    const message = 'Enter when it happened, with the time'
    return showAlert(visit, asked, [{ field: 'happened', message }])
  }
  const outcome = await settleAlert(visit, alert, {
    ...{ answer, turn: Number(text('turn')), words: text('words') },
    ...(answer === 'ask again' && happenedAt && { happenedAt }),
  })
  if (!outcome.ok) return showAlert(visit, asked, outcome.problems)
  return { kind: 'go', to: queueAddress, saved: 'Saved. What you decided stays to be read.' }
}
