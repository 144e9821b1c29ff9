import { readDateBoxes } from '#calendar'
import { type Organisation, organisationsOf, outOfHoursAgreements } from '#organisations'
import { Button, CountLine, DataTable, FieldRow, PostForm, renderPage, Section, Select, TextField } from '#ui'
import { Agreements, placesAddress as address } from './agreement-parts.tsx'
import { require } from './permit.ts'
import { addPlace, kindsToAdd, makeAgreement, mayArrange, stopAgreement } from './place-actions.ts'
import { placeRoutes as onePlace } from './place-page.tsx'
import { placeKindWords } from './place-words.ts'
import type { Answer, Asked, Form, Problem, Route, StaffVisit } from './types.ts'

/** The places people work at, and who may see emergency summaries at night by which agreement. */
async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  require(visit, mayArrange)
  const places: Organisation[] = []
  for (const kind of [...kindsToAdd, 'practice'] as const)
    places.push(...(await organisationsOf(visit.db, kind)))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Places and agreements',
    lead: 'Where people work, and which out-of-hours organisations may see emergency summaries.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Agreements
          agreements={await outOfHoursAgreements(visit.db)}
          partners={places.filter(({ kind }) => kind === 'out of hours')}
          visit={visit}
          problems={problems}
        />
        <Places places={places} />
        <AddPlace />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function Places({ places }: { readonly places: readonly Organisation[] }) {
  return (
    <Section heading="Places">
      <p>
        <a href="/organisations/roles">What each role may do at each place</a>
      </p>
      <CountLine
        from={places.length > 0 ? 1 : 0}
        to={places.length}
        total={places.length}
        orderedBy="by kind"
      />
      <DataTable
        caption="Places"
        isCaptionHidden
        rows={places}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'Name',
            cell: ({ id, name }) => <a href={`${address}/${id}`}>{name}</a>,
            width: 'middle',
          },
          { head: 'Kind', cell: ({ kind }) => placeKindWords[kind] },
          { head: 'Code', cell: ({ code }) => code ?? 'None' },
          { head: 'Telephone', cell: ({ telephone }) => telephone ?? 'Not recorded' },
        ]}
      />
    </Section>
  )
}

const AddPlace = () => (
  <Section heading="Add a place">
    <p>
      Practices come with the extract: give each its telephone above. A place, once added, stays: posts and
      lists name it.
    </p>
    <PostForm action={address}>
      <FieldRow>
        <Select
          name="kind"
          label="Kind"
          prompt="Select a kind"
          choices={kindsToAdd.map((kind) => ({ value: kind, words: placeKindWords[kind] }))}
        />
        <TextField name="name" label="Name" widthChars={30} autoComplete="off" />
      </FieldRow>
      <FieldRow>
        <TextField
          name="code"
          label="Code"
          hint="Like TEAM2. Programmes name their teams by it."
          widthChars={10}
        />
        <TextField name="telephone" label="Telephone" isOptional kind="telephone" widthChars={10} />
      </FieldRow>
      <Button kind="secondary">Add the place</Button>
    </PostForm>
  </Section>
)

async function sendPlace(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { form } = asked
  const outcome = await addPlace(visit, {
    kind: form.text('kind'),
    name: form.text('name'),
    code: form.text('code'),
    telephone: form.text('telephone'),
  })
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  return { kind: 'go', to: address, saved: 'Place added. Somebody can be given a post there.' }
}

const boxes = (form: Form, field: string) => [
  form.text(`${field}-day`),
  form.text(`${field}-month`),
  form.text(`${field}-year`),
]

async function sendAgreement(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { form } = asked
  const last = boxes(form, 'last')
  const lastOn = readDateBoxes(last[0] ?? '', last[1] ?? '', last[2] ?? '')
  const from = boxes(form, 'from')
  const agreement = {
    partnerId: form.text('partner'),
    fromOn: readDateBoxes(from[0] ?? '', from[1] ?? '', from[2] ?? ''),
    lastOn,
    basis: form.text('basis'),
  }
  // A last day that is no day is a mistake, not "until somebody ends it".
  if (!lastOn && last.some(Boolean))
    return show(visit, asked, [
      { field: 'last', message: 'Its last day must be a real date, like 27 3 2027' },
    ])
  const outcome = await makeAgreement(visit, agreement)
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  return { kind: 'go', to: address, saved: 'Agreement written down. It holds from its first day.' }
}

async function sendEnd(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const id = asked.params.agreement ?? ''
  const outcome = await stopAgreement(visit, id, asked.form.text(`reason-${id}`))
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  return { kind: 'go', to: address, saved: 'Ended. Out of hours sees nobody by this agreement any more.' }
}

export const placeRoutes: readonly Route[] = [
  { method: 'GET', path: address, may: mayArrange, answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: address, may: mayArrange, answer: sendPlace },
  ...onePlace,
  { method: 'POST', path: `${address}/agreements`, may: mayArrange, answer: sendAgreement },
  { method: 'POST', path: `${address}/agreements/:agreement/end`, may: mayArrange, answer: sendEnd },
]
