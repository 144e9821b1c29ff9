import { dateWords, readDateBoxes } from '#calendar'
import { nameToSearch, readNhsNumber } from '#people'
import {
  Button,
  DateField,
  EmptyState,
  FieldRow,
  Panel,
  PostForm,
  Radios,
  Row,
  RowList,
  renderPage,
  Section,
  TextField,
} from '#ui'
import { noBirthDate } from './claims.tsx'
import { type Traced, trace } from './find-store.ts'
import { tooMany } from './refused.ts'
import type { Answer, Asked, Form, Outcome, Problem, Purpose, Route, StaffVisit } from './types.ts'

type Question = Parameters<typeof trace>[1]

/** Reads a trace: number and birth date, or family name, birth date and initial; and what for. */
export function readTrace(form: Form): Outcome<Question> {
  const problems: Problem[] = []
  const typedNumber = form.text('number')
  const nhsNumber = readNhsNumber(typedNumber)
  const family = form.text('family').toLowerCase()
  const given = form.text('initial').toLowerCase()
  if (typedNumber && !nhsNumber) {
    problems.push({
      field: 'number',
      message: 'Check the NHS number. It has 10 digits, and one is not right',
    })
  }
  if (!typedNumber && !family)
    problems.push({ field: 'number', message: 'Enter an NHS number or a family name' })
  if (!typedNumber && family && !given) {
    problems.push({ field: 'initial', message: 'Enter how the given name begins' })
  }
  const bornOn = readDateBoxes(form.text('born-day'), form.text('born-month'), form.text('born-year'))
  if (!bornOn) problems.push(noBirthDate(form))
  const purpose = readPurpose(form.text('purpose'))
  if (!purpose) problems.push({ field: 'purpose', message: 'Select why you are tracing this person' })
  if (problems.length > 0 || !bornOn || !purpose) return { ok: false, problems }
  const names = nhsNumber ? [] : [{ family, given }]
  return { ok: true, value: { ...(nhsNumber ? { nhsNumber } : {}), names, bornOn, purpose } }
}

const purposes = [
  { value: 'direct care', words: 'To give or arrange care' },
  { value: 'service administration', words: 'To run the service: a letter, an appointment, a referral' },
] as const

const readPurpose = (text: string): Purpose | undefined => purposes.find(({ value }) => value === text)?.value

async function answerTrace(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const read = readTrace(asked.form)
  if (!read.ok) return page(asked, <TraceForm />, read.problems)
  const answer = await trace(visit.db, read.value)
  if (answer.answer === 'wait') throw tooMany()
  return page(
    asked,
    answer.answer === 'found' ? (
      <Answers people={answer.people} />
    ) : (
      <Panel kind="caution" heading="More than 5 people match.">
        <p>Trace by NHS number and date of birth.</p>
      </Panel>
    ),
  )
}

function page(asked: Asked, contents: React.ReactNode, problems: readonly Problem[] = []): Answer {
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Trace a person',
    lead: 'For somebody who is not yet with you. What you trace, and why, is written in the access log.',
    problems,
    typed: asked.form.typed,
    children: contents,
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function TraceForm() {
  return (
    <PostForm action="/trace">
      <TextField
        name="number"
        label="NHS number"
        hint="With or without spaces. If you do not have it, enter the family name and initial."
        widthChars={20}
        autoComplete="off"
      />
      <FieldRow>
        <TextField name="family" label="Family name" isOptional widthChars={20} autoComplete="off" />
        <TextField
          name="initial"
          label="Given name or its first letter"
          isOptional
          widthChars={10}
          autoComplete="off"
        />
      </FieldRow>
      <DateField name="born" label="Date of birth" hint="For example, 14 3 1936" />
      <Radios name="purpose" label="Why are you tracing this person?" choices={purposes} />
      <Button>Trace</Button>
    </PostForm>
  )
}

function Answers({ people }: { readonly people: readonly Traced[] }) {
  return (
    <>
      {people.length === 0 ? (
        <EmptyState says="Nobody was found with what you entered.">
          <p>Check the number and the date of birth. Both must be as the record has them.</p>
        </EmptyState>
      ) : (
        <Section heading="Found" count={people.length}>
          <RowList label="People traced">
            {people.map((person) => (
              <TracedRow key={person.personId} person={person} />
            ))}
          </RowList>
        </Section>
      )}
      <p>
        <a href="/trace">Trace another person</a>
      </p>
    </>
  )
}

function TracedRow({ person }: { readonly person: Traced }) {
  const name = nameToSearch({ familyName: person.family, givenName: person.given })
  return (
    <Row
      who={<b>{name}</b>}
      what={`Born ${dateWords(person.bornOn)}, ${person.postcode ?? 'postcode not recorded'}, ${person.practice ?? 'practice not known'}`}
      why={`Known to a team: ${person.isKnown ? 'yes' : 'no'}`}
      act={
        person.isTied && (
          <Button kind="secondary" isSmall href={`/people/${person.personId}`} about={`of ${name}`}>
            Open record
          </Button>
        )
      }
    />
  )
}

export const traceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/trace',
    may: 'trace people',
    answer: async (_, asked) => page(asked, <TraceForm />),
  },
  { method: 'POST', path: '/trace', may: 'trace people', answer: answerTrace },
]
