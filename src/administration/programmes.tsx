import {
  type Answer,
  type Asked,
  notForYou,
  type Problem,
  type Route,
  require,
  type StaffVisit,
} from '#access'
import { dateWords, londonDate } from '#calendar'
import {
  type Programme,
  type ProgrammeTemplate,
  type ProgrammeVersion,
  placeCodes,
  programmes,
  programmeVersions,
} from '#organisations'
import { Button, type Column, DataTable, EmptyState, renderPage, Section } from '#ui'
import { publishProgramme } from './actions.ts'
import { everyPlace } from './roles.tsx'
import type { ProgrammeParts } from './rules.ts'
import { TemplateForm, writtenIn } from './template-form.tsx'

async function showList(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, 'run programmes')
  const all = await programmes(visit.db)
  const names = new Map((await everyPlace(visit)).map(({ code, name }) => [code, name]))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Programmes',
    lead: all.length === 1 ? '1 programme runs here.' : `${all.length} programmes run here side by side.`,
    acts: (
      <Button href="/programmes/new" kind="secondary">
        Write a new programme
      </Button>
    ),
    children:
      all.length > 0 ? (
        <DataTable
          caption="Programmes"
          isCaptionHidden
          columns={listColumns(names)}
          rows={all}
          keyOf={({ key }) => key}
        />
      ) : (
        <EmptyState says="No programme has been published yet.">
          <a href="/programmes/new">Write the first one</a>
        </EmptyState>
      ),
  })
  return { kind: 'page', html }
}

const listColumns = (names: ReadonlyMap<string | undefined, string>): readonly Column<Programme>[] => [
  { head: 'Name', cell: ({ key, template }) => <a href={`/programmes/${key}`}>{template.name}</a> },
  { head: 'Kind', cell: ({ template }) => capital(template.kind) },
  { head: 'For', cell: ({ template }) => forWhom(template) },
  { head: 'Caseload', cell: ({ template }) => `${template.caseload.limit} a ${template.caseload.unit}` },
  { head: 'Teams', cell: ({ template }) => template.teams.map((code) => names.get(code) ?? code).join(', ') },
  { head: 'Version', cell: ({ version }) => version, isNumber: true },
]

const forWhom = ({ targetPercent, fromAge }: ProgrammeTemplate): string =>
  `${targetPercent} in 100, from age ${fromAge}`
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

async function showOne(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
  from?: number,
): Promise<Answer> {
  require(visit, 'run programmes')
  const key = asked.params.programme ?? ''
  const known = (await programmes(visit.db)).find((programme) => programme.key === key)
  if (!known && key !== 'new') throw notForYou()
  const versions = known ? await programmeVersions(visit.db, key) : []
  const next = (known?.version ?? 0) + 1
  const html = renderPage({
    furniture: asked.furniture,
    title: known ? known.template.name : 'A new programme',
    back: { href: '/programmes', words: 'Back to programmes' },
    lead: known
      ? `Version ${known.version} is in force. A version is never changed: the next one is written from it and is in force at once.`
      : 'It is in force as soon as it is published.',
    problems,
    typed: problems.length > 0 ? { ...asked.form.typed, teams: asked.form.all('teams') } : undefined,
    children: (
      <>
        <Section heading={known ? `Write version ${next}` : 'The programme'}>
          <TemplateForm
            programmeKey={known?.key}
            from={from ?? known?.version ?? 0}
            template={known?.template}
            teams={await placeCodes(visit.db)}
            words={known ? `Publish version ${next}` : 'Publish the programme'}
          />
        </Section>
        {versions.length > 0 && (
          <Section heading="Versions" count={versions.length}>
            <DataTable
              caption="Versions"
              isCaptionHidden
              columns={versionColumns}
              rows={versions}
              keyOf={({ version }) => `version-${version}`}
            />
          </Section>
        )}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const versionColumns: readonly Column<ProgrammeVersion>[] = [
  { head: 'Version', cell: ({ version }) => version },
  { head: 'Published', cell: ({ publishedAt }) => dateWords(londonDate(publishedAt)) },
  { head: 'By', cell: ({ publishedBy }) => publishedBy },
]

// A problem with a group of fields is shown at the group's first.
const fieldOf: Readonly<Record<string, string>> = { caseload: 'limit', reviewEveryDays: 'offered' }

const publish =
  (parts: ProgrammeParts) =>
  async (visit: StaffVisit, asked: Asked): Promise<Answer> => {
    const isNew = asked.params.programme === 'new'
    const key = isNew ? asked.form.text('key') : (asked.params.programme ?? '')
    const known = (await programmes(visit.db)).find((programme) => programme.key === key)
    const from = Number(asked.form.text('from')) || 0
    const written = writtenIn(asked.form, isNew ? undefined : known?.template)
    const outcome = await publishProgramme(visit, { key, from, written }, parts)
    if (!outcome.ok) {
      const problems = outcome.problems.map((each) => ({ ...each, field: fieldOf[each.field] ?? each.field }))
      return await showOne(visit, asked, problems, from)
    }
    return { kind: 'go', to: `/programmes/${key}`, saved: `Version ${outcome.value.version} published.` }
  }

/** The pages of programmes. @param parts readers of the parts of a template that later rooms own. */
export const programmeRoutes = (parts: ProgrammeParts): readonly Route[] => [
  { method: 'GET', path: '/programmes', may: 'run programmes', answer: showList },
  {
    method: 'GET',
    path: '/programmes/:programme',
    may: 'run programmes',
    answer: (visit, asked) => showOne(visit, asked),
  },
  { method: 'POST', path: '/programmes/:programme', may: 'run programmes', answer: publish(parts) },
]
