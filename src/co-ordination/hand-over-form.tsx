import { type Answer, type Asked, isReference, notForYou, type Problem, type StaffVisit } from '#access'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  HiddenFields,
  PostForm,
  Radios,
  Section,
  Select,
  TextField,
} from '#ui'
import { type Caseload, caseloadHeld, handOver } from './hand-over-actions.ts'
import { byTaker, drawCheck, pageOf } from './hand-over-check.tsx'
import { handOverAddress } from './hand-over-page.tsx'
import {
  type HandOverDraft,
  type HeldLine,
  handOverReasons,
  type Passing,
  passesWords,
  passingOf,
  problemsWithHandOver,
  stays,
} from './hand-over-rules.ts'

/** What one colleague holds, and who takes over. */
export async function showHandOver(visit: StaffVisit, asked: Asked): Promise<Answer> {
  return drawForm(visit, asked, await heldBy(visit, asked))
}

async function heldBy(visit: StaffVisit, asked: Asked): Promise<Caseload> {
  const staff = asked.params.staff ?? ''
  if (!isReference(staff)) throw notForYou()
  return caseloadHeld(visit, staff)
}

/** Shows who would pass to whom, then hands them over; either comes back with what to put right. */
export async function sendHandOver(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const held = await heldBy(visit, asked)
  const draft = draftIn(asked)
  const step = asked.form.text('step')
  if (step === 'change') return drawForm(visit, asked, held)
  const problems = problemsWithHandOver(held.lines, draft, held.takers)
  if (problems.length > 0) return drawForm(visit, asked, held, problems)
  if (step !== 'keep') return drawCheck(visit, asked, held, draft)
  const outcome = await handOver(visit, held, draft)
  if (!outcome.ok) return drawForm(visit, asked, held, outcome.problems)
  return { kind: 'go', to: handOverAddress, saved: savedWords(held, passingOf(held.lines, draft)) }
}

function savedWords(held: Caseload, passing: readonly Passing[]): string {
  const left = held.lines.length - passing.length
  const stay = left === 0 ? '' : ` ${left} ${left === 1 ? 'line stays' : 'lines stay'} with ${held.fromName}.`
  return `Handed over: ${byTaker(held, passing)
    .map(({ name, lines }) => `${lines.length} to ${name}`)
    .join(', ')}. Whoever takes them on has a task for each: to make themselves known.${stay}`
}

/** A line is what its turn field says it was when the page was drawn. */
function draftIn({ form }: Asked): HandOverDraft {
  const keys = Object.keys(form.typed).flatMap((field) =>
    field.startsWith('turn-') ? [field.slice('turn-'.length)] : [],
  )
  return {
    reason: form.text('reason'),
    rest: form.text('rest'),
    lines: keys.map((key) => ({
      key,
      turn: Number.parseInt(form.text(`turn-${key}`), 10) || 0,
      to: form.text(`to-${key}`),
      words: form.text(`words-${key}`),
    })),
  }
}

function drawForm(
  visit: StaffVisit,
  asked: Asked,
  held: Caseload,
  problems: readonly Problem[] = [],
): Answer {
  const { lines, takers } = held
  const html = pageOf(visit, asked, held, {
    title: 'Hand a caseload over',
    lead: lines.length > 0 && 'Whoever takes somebody on is their named case manager from that moment.',
    problems,
    typed: asked.form.text('step') ? asked.form.typed : undefined,
    children: <Form held={held} isPossible={lines.length > 0 && takers.length > 0} />,
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function Form({ held, isPossible }: { readonly held: Caseload; readonly isPossible: boolean }) {
  const { fromId, lines, takers } = held
  if (!isPossible) return <Nothing held={held} />
  const choices = takers.map(({ key, words }) => ({ value: key, words }))
  return (
    <PostForm action={`${handOverAddress}/${fromId}`}>
      <Radios
        name="reason"
        label="Why are they handed over?"
        choices={handOverReasons.map(({ code, words }) => ({ value: code, words }))}
      />
      <Select
        name="rest"
        label="Who takes over everybody whose line below is left open?"
        hint="Nobody, where this is left open too. Open episodes of how many they may hold, fewest first, then other teams"
        prompt="Nobody: they stay"
        choices={choices}
      />
      <Section heading="Who takes over" count={lines.length}>
        <DataTable
          caption="What they hold"
          isCaptionHidden
          rows={lines}
          keyOf={({ key }) => key}
          density="list"
          columns={columns(choices)}
        />
      </Section>
      <p>Nothing is kept yet: the next page shows who goes to whom.</p>
      <Button name="step" value="check" quickKey="S">
        Check who goes to whom
      </Button>
    </PostForm>
  )
}

function Nothing({ held }: { readonly held: Caseload }) {
  return held.lines.length === 0 ? (
    <EmptyState says="They hold nobody here: nothing is to be handed over." />
  ) : (
    <EmptyState says="Nobody else here may be a case manager.">
      <p>
        Ask your administrator to give somebody a post, or open each person and change the case manager to one
        of another team.
      </p>
    </EmptyState>
  )
}

const columns = (
  choices: readonly { readonly value: string; readonly words: string }[],
): readonly Column<HeldLine>[] => [
  {
    head: 'Person',
    width: 'middle',
    cell: ({ personId, name }) => <a href={`/people/${personId}`}>{name}</a>,
  },
  { head: 'What passes', width: 'middle', cell: passesWords },
  {
    head: 'To whom',
    width: 'middle',
    cell: ({ key, called, episode }) => (
      <>
        <HiddenFields fields={{ [`turn-${key}`]: String(episode?.turn ?? 0) }} />
        <Select
          name={`to-${key}`}
          label={`Who takes over ${called}?`}
          labelSize="plain"
          prompt="As chosen above"
          choices={[...choices, { value: stays, words: 'Nobody: stays as it is' }]}
        />
      </>
    ),
  },
  {
    head: 'What they need to know',
    cell: ({ key, called }) => (
      <TextField
        name={`words-${key}`}
        label={`What to know about ${called}`}
        labelSize="plain"
        isOptional
        autoComplete="off"
      />
    ),
  },
]
