import { type Answer, type Asked, type Problem, permit, requireSamePerson, type StaffVisit } from '#access'
import { aboutPerson, personTabs } from '#people'
import {
  Button,
  Details,
  HiddenFields,
  PostForm,
  renderPage,
  Section,
  SummaryList,
  TextField,
  Timeline,
} from '#ui'
import { changeLoan, loanOf, mayLend } from './actions.ts'
import { loanTurnsOf } from './store.ts'
import type { Loan, LoanTurn } from './types.ts'
import { atWords, isTyped, readWhen, WhenField } from './when.tsx'

const opening = { may: mayLend, part: 'whole', purpose: 'direct care' } as const

/** One loan: taking the kit back, correcting when somebody had it, and how it came to be so. */
export async function showLoan(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', { ...opening, verb: 'read a loan of kit' })
  const loan = await loanOf(visit, leave, asked.params.loan ?? '')
  const about = await aboutPerson(visit, leave)
  const turns = await loanTurnsOf(visit.db, leave, loan.loanId)
  const wasCorrecting = ['corrected', 'struck'].includes(asked.form.text('change'))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Kit somebody has',
    heading: `${loan.kind.charAt(0).toUpperCase()}${loan.kind.slice(1)}, serial ${loan.serial}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}/kit`, words: `Kit ${about.called} has` },
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <SummaryList
          rows={[
            { label: 'Since', value: atWords(loan.from) },
            { label: 'Until', value: loan.until ? atWords(loan.until) : `Now: ${about.called} has it` },
            { label: 'Product', value: `${loan.product}, made by ${loan.maker}` },
          ]}
        />
        {!loan.until && <TakeBack loan={loan} visit={visit} />}
        <Details summary="The dates are wrong" isOpen={wasCorrecting || loan.until !== undefined}>
          <Correct loan={loan} />
        </Details>
        <Section heading="How it got here">
          <Timeline items={turns.map(turnItem)} />
        </Section>
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const turnItem = ({ what, from, until, reason, byName, at }: LoanTurn) => ({
  when: atWords(at),
  what: `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${
    from ? `${atWords(from)} ${until ? `to ${atWords(until)}` : 'until now'}` : 'it never was'
  }${reason ? `. ${reason}` : ''}`,
  by: byName,
})

const formFacts = (loan: Loan, change: string) => ({ turn: String(loan.turn), change })

const TakeBack = ({ loan, visit }: { readonly loan: Loan; readonly visit: StaffVisit }) => (
  <PostForm action={`/people/${loan.personId}/kit/${loan.loanId}`} personToken={loan.personId}>
    <HiddenFields fields={formFacts(loan, 'taken back')} />
    <WhenField
      name="until"
      label="On which day was it taken back?"
      clock="At what time was it taken back?"
      value={visit.now}
    />
    <Button quickKey="S">Take it back</Button>
  </PostForm>
)

const Correct = ({ loan }: { readonly loan: Loan }) => (
  <>
    <p>
      Alerts that wait for these dates are asked again. None that was given is moved: whoever was given one is
      told, and it waits for an answer under Kit.
    </p>
    <PostForm action={`/people/${loan.personId}/kit/${loan.loanId}`} personToken={loan.personId}>
      <HiddenFields fields={formFacts(loan, 'corrected')} />
      <WhenField
        name="from"
        label="From which day did they really have it?"
        clock="From what time did they have it?"
        value={loan.from}
      />
      <WhenField
        name="to"
        label="Until which day did they really have it?"
        clock="Until what time did they have it?"
        hint="Empty: they have it now"
        value={loan.until}
      />
      <TextField name="reason" label="How do you know?" />
      <Button kind="secondary">Correct the dates</Button>
    </PostForm>
    <PostForm action={`/people/${loan.personId}/kit/${loan.loanId}`} personToken={loan.personId}>
      <HiddenFields fields={formFacts(loan, 'struck')} />
      <TextField name="never" label="They never had it. How do you know?" />
      <Button kind="secondary">Strike this loan</Button>
    </PostForm>
  </>
)

/** Keeps what became of a loan. */
export async function sendLoan(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', { ...opening, verb: 'change a loan of kit' })
  const loan = await loanOf(visit, leave, asked.params.loan ?? '')
  if (isTyped(asked.form, 'to') && !readWhen(asked.form, 'to'))
    return showLoan(visit, asked, [{ field: 'to', message: 'Enter a day and a time, or leave both empty' }])
  const change = changeIn(asked)
  const outcome = await changeLoan(visit, leave, loan, Number(asked.form.text('turn')), change)
  if (!outcome.ok) return showLoan(visit, asked, outcome.problems.map(underItsField(change.what)))
  const saved =
    change.what === 'taken back' ? 'Kit taken back.' : 'Corrected. Alerts it touches are asked again.'
  return { kind: 'go', to: `/people/${leave.person}/kit`, saved }
}

function changeIn({ form }: Asked) {
  const change = form.text('change')
  if (change === 'struck') return { what: 'struck', reason: form.text('never') } as const
  if (change !== 'corrected') return { what: 'taken back', until: readWhen(form, 'until') } as const
  const until = readWhen(form, 'to')
  return {
    what: 'corrected',
    from: readWhen(form, 'from'),
    ...(until && { until }),
    reason: form.text('reason'),
  } as const
}

// Each form of the page has fields of its own name.
const underItsField =
  (what: string) =>
  (problem: Problem): Problem => {
    if (what === 'struck' && problem.field === 'reason') return { ...problem, field: 'never' }
    if (what === 'corrected' && problem.field === 'until') return { ...problem, field: 'to' }
    return problem
  }
