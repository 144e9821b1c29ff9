import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { readDateBoxes, shortDateWords } from '#calendar'
import {
  Button,
  DataTable,
  DateField,
  EmptyState,
  FieldRow,
  HiddenFields,
  PostForm,
  renderPage,
  Section,
  Select,
} from '#ui'
import { arrangeCover, colleaguesAt, stopCover } from './cover-actions.ts'
import type { Cover } from './cover-rules.ts'
import { coversAt } from './cover-store.ts'

export const coverAddress = '/my-day/cover'

/** Who covers for whom at the caller's place, and the form that says so. */
export async function showCover(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const { organisation } = visit.caller
  const covers = await coversAt(visit.db, organisation.id)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Who covers for whom',
    caption: organisation.name,
    lead: 'Whoever covers finds what the other holds in their own day. Nothing changes hands: when the cover ends, it is back.',
    back: { href: '/my-day', words: 'Back to my day' },
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Covers covers={covers} visit={visit} />
        <Arrange names={await namesAt(visit)} caller={visit.caller.staffId} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const namesAt = async (visit: StaffVisit) =>
  (await colleaguesAt(visit)).map(({ id, name, role }) => ({ value: id, words: `${name}, ${role}` }))

function Covers({ covers, visit }: { readonly covers: readonly Cover[]; readonly visit: StaffVisit }) {
  return (
    <Section heading="Now and to come" count={covers.length}>
      {covers.length === 0 ? (
        <EmptyState says="Nobody covers for anybody." />
      ) : (
        <DataTable
          caption="Who covers for whom"
          isCaptionHidden
          rows={covers}
          keyOf={({ id }) => id}
          columns={[
            { head: 'Away', cell: ({ awayName }) => awayName, width: 'middle' },
            { head: 'Covered by', cell: ({ coveredByName }) => coveredByName },
            { head: 'From', cell: ({ fromOn }) => shortDateWords(fromOn, visit.today) },
            { head: 'Last day', cell: ({ lastOn }) => shortDateWords(lastOn, visit.today) },
            { head: 'Written down by', cell: ({ madeByName }) => madeByName },
            {
              head: 'End it',
              isHeadHidden: true,
              cell: ({ id, awayName, coveredByName }) => (
                <PostForm action={`${coverAddress}/end`} layout="row">
                  <HiddenFields fields={{ cover: id }} />
                  <Button kind="secondary" isSmall about={`the cover of ${awayName} by ${coveredByName}`}>
                    End it
                  </Button>
                </PostForm>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}

function Arrange(props: {
  readonly names: readonly { readonly value: string; readonly words: string }[]
  readonly caller: string
}) {
  return (
    <Section heading="Write a cover down">
      <PostForm action={coverAddress}>
        <FieldRow>
          <Select
            name="away"
            label="Who is away?"
            prompt="Choose a person"
            choices={props.names}
            current={props.caller}
          />
          <Select name="by" label="Who covers?" prompt="Choose a person" choices={props.names} />
        </FieldRow>
        <FieldRow>
          <DateField name="from" label="First day away" />
          <DateField name="last" label="Last day away" />
        </FieldRow>
        <Button>Write it down</Button>
      </PostForm>
    </Section>
  )
}

const dayIn = ({ form }: Asked, field: string) =>
  readDateBoxes(form.text(`${field}-day`), form.text(`${field}-month`), form.text(`${field}-year`))

/** Sends the form that writes a cover down. */
export async function sendCover(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const outcome = await arrangeCover(visit, {
    awayId: asked.form.text('away'),
    coveredById: asked.form.text('by'),
    fromOn: dayIn(asked, 'from'),
    lastOn: dayIn(asked, 'last'),
  })
  if (!outcome.ok) return showCover(visit, asked, outcome.problems)
  return { kind: 'go', to: coverAddress, saved: 'Written down. It begins and ends by itself.' }
}

export async function sendCoverEnd(visit: StaffVisit, asked: Asked): Promise<Answer> {
  await stopCover(visit, asked.form.text('cover'))
  return { kind: 'go', to: coverAddress, saved: 'Ended. What they hold is in their own day alone.' }
}
