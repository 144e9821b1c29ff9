import { createRequire } from 'node:module'
import { SkipLink } from 'nhsuk-react-components'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { canonicalHtml } from './canonical-html.ts'
import { Checkboxes, DateField, Radios } from './choices.tsx'
import { PageContext } from './context.ts'
import { Select, TextArea, TextField } from './fields.tsx'
import { FileField } from './file-field.tsx'
import { Button } from './form.tsx'
import { NumberedPages, numbersAround } from './lists.tsx'
import { ErrorList } from './page.tsx'
import { Details, SummaryList, Tag } from './panels.tsx'
import { DataTable } from './rows.tsx'

const require = createRequire(import.meta.url)
const text = z.union([z.string(), z.strictObject({ text: z.string() }).transform((it) => it.text)])
const heading = z.union([
  text,
  z.strictObject({ heading: z.string(), size: z.any().optional() }).transform((it) => it.heading),
  z.strictObject({ text: z.string(), size: z.any().optional() }).transform((it) => it.text),
])
const label = { label: heading, hint: text.optional(), errorMessage: text.optional() }
const legend = {
  fieldset: z.strictObject({ legend: heading }),
  hint: text.optional(),
  errorMessage: text.optional(),
  idPrefix: z.string().optional(),
}
const facts = (name: string, message: string | undefined) => ({
  name,
  labelSize: 'plain' as const,
  problems: message === undefined ? [] : [{ field: name, message }],
})
const item = z.strictObject({ value: z.string(), text: z.string(), hint: text.optional() })
const choicesOf = (items: readonly z.infer<typeof item>[]) =>
  items.map(({ value, text: words, hint }) => ({ value, words, hint }))

const cell = z.union([
  z.string().transform((words) => ({ text: words, format: undefined })),
  z.strictObject({
    text: z.string(),
    format: z.literal('numeric').optional(),
    classes: z.string().startsWith('nhsuk-u-').optional(),
  }),
])
const pageNumber = z.union([
  z.strictObject({ ellipsis: z.literal(true) }),
  z.strictObject({ number: z.number(), href: z.string(), current: z.boolean().optional() }),
])
const pagesOf = (items: readonly z.infer<typeof pageNumber>[]) => ({
  shown: items.map((one) => ('number' in one ? one.number : 'gap')),
  page: items.flatMap((one) => ('number' in one && one.current ? [one.number] : []))[0] ?? 1,
  pages: Math.max(...items.map((one) => ('number' in one ? one.number : 0))),
})

/** Says an example of NHS.UK frontend with our own part. A mistake means our part has no such option. */
type Saying = { readonly said: number; readonly say: (context: unknown) => ReactNode }

function saying<Shape extends z.ZodType>(
  said: number,
  shape: Shape,
  say: (it: z.infer<Shape>) => ReactNode,
): Saying {
  return { said, say: (context) => say(shape.parse(context)) }
}

const parts: Readonly<Record<string, Saying>> = {
  button: saying(
    12,
    z.strictObject({
      text: z.string(),
      small: z.boolean().optional(),
      href: z.string().optional(),
      variant: z.literal('secondary').optional(),
      preventDoubleClick: z.boolean().optional(),
    }),
    (it) => (
      <Button href={it.href} isSmall={it.small} kind={it.variant ?? 'main'}>
        {it.text}
      </Button>
    ),
  ),
  input: saying(
    14,
    z.strictObject({
      ...label,
      id: z.string().optional(),
      name: z.string(),
      width: z
        .union([
          z.literal(2),
          z.literal(3),
          z.literal(4),
          z.literal(5),
          z.literal(10),
          z.literal(20),
          z.literal(30),
        ])
        .optional(),
      autocomplete: z.string().optional(),
      suffix: text.optional(),
    }),
    (it) => (
      <TextField
        {...facts(it.name, it.errorMessage)}
        label={it.label}
        hint={it.hint}
        widthChars={it.width}
        autoComplete={it.autocomplete}
        suffix={it.suffix}
      />
    ),
  ),
  textarea: saying(12, z.strictObject({ ...label, id: z.string().optional(), name: z.string() }), (it) => (
    <TextArea {...facts(it.name, it.errorMessage)} label={it.label} hint={it.hint} />
  )),
  'file-upload': saying(
    13,
    z.strictObject({ ...label, id: z.string().optional(), name: z.string() }),
    (it) => <FileField {...facts(it.name, it.errorMessage)} label={it.label} hint={it.hint} />,
  ),
  select: saying(
    12,
    z.strictObject({ ...label, id: z.string().optional(), name: z.string(), items: z.array(item) }),
    (it) => (
      <Select
        {...facts(it.name, it.errorMessage)}
        label={it.label}
        hint={it.hint}
        choices={choicesOf(it.items)}
      />
    ),
  ),
  radios: saying(
    25,
    z.strictObject({
      ...legend,
      name: z.string(),
      items: z.array(item),
      small: z.boolean().optional(),
      inline: z.boolean().optional(),
      value: z.string().optional(),
    }),
    (it) => (
      <Radios
        {...facts(it.name, it.errorMessage)}
        label={it.fieldset.legend}
        hint={it.hint}
        choices={choicesOf(it.items)}
        isLarge={!it.small}
        isInline={it.inline}
        typed={it.value === undefined ? undefined : { [it.name]: it.value }}
      />
    ),
  ),
  checkboxes: saying(
    23,
    z.strictObject({
      ...legend,
      name: z.string(),
      items: z.array(item),
      small: z.boolean().optional(),
      values: z.array(z.string()).optional(),
    }),
    (it) => (
      <Checkboxes
        {...facts(it.name, it.errorMessage)}
        label={it.fieldset.legend}
        hint={it.hint}
        choices={choicesOf(it.items)}
        isLarge={!it.small}
        ticked={it.values}
      />
    ),
  ),
  'date-input': saying(
    13,
    z.strictObject({
      fieldset: legend.fieldset,
      hint: legend.hint,
      errorMessage: legend.errorMessage,
      id: z.string(),
      values: z.strictObject({ day: z.string(), month: z.string(), year: z.string() }).optional(),
      namePrefix: z.string().optional(),
    }),
    (it) => (
      <DateField
        {...facts(it.namePrefix ?? 'example', it.errorMessage)}
        label={it.fieldset.legend}
        hint={it.hint}
        value={it.values}
      />
    ),
  ),
  'error-summary': saying(
    2,
    z.strictObject({
      heading: z.strictObject({ text: z.literal('There is a problem') }),
      errorList: z.array(z.strictObject({ text: z.string(), href: z.string() })),
    }),
    (it) => (
      <ErrorList
        problems={it.errorList.map(({ text: message, href }) => ({ field: href.slice(1), message }))}
      />
    ),
  ),
  'skip-link': saying(
    1,
    z.strictObject({ href: z.literal('#maincontent'), text: z.literal('Skip to main content') }),
    () => <SkipLink />,
  ),
  tag: saying(
    9,
    z.strictObject({
      text: z.string(),
      colour: z.enum(['white', 'grey', 'green', 'blue', 'purple', 'red', 'orange', 'yellow']),
    }),
    (it) => <Tag colour={it.colour}>{it.text}</Tag>,
  ),
  details: saying(
    4,
    z.strictObject({ summary: text, text: z.string(), open: z.boolean().optional() }),
    (it) => (
      <Details summary={it.summary} isOpen={it.open}>
        {it.text}
      </Details>
    ),
  ),
  'summary-list': saying(
    2,
    z.strictObject({ rows: z.array(z.strictObject({ key: text, value: text })) }),
    (it) => <SummaryList rows={it.rows.map(({ key, value }) => ({ label: key, value }))} />,
  ),
  pagination: saying(
    3,
    z
      .strictObject({
        previous: z.strictObject({ href: z.string() }).optional(),
        next: z.strictObject({ href: z.string() }).optional(),
        items: z.array(pageNumber),
      })
      .transform(({ items }) => pagesOf(items))
      .refine(({ shown, page, pages }) => String(shown) === String(numbersAround(page, pages))),
    ({ page, pages }) => (
      <NumberedPages page={page} pages={pages} hrefFor={(number) => `#/section/${number}`} />
    ),
  ),
  tables: saying(
    4,
    z.strictObject({
      caption: heading,
      firstCellIsHeader: z.literal(true),
      head: z.array(cell),
      rows: z.array(z.array(cell)),
    }),
    (it) => (
      <DataTable
        caption={it.caption}
        columns={it.head.map((head, index) => ({
          head: head.text,
          isNumber: head.format === 'numeric',
          cell: (row: (typeof it.rows)[number]) => row[index]?.text,
        }))}
        rows={it.rows}
        keyOf={(row) => row[0]?.text ?? ''}
      />
    ),
  ),
}

const shape = z.object({
  fixtures: z.array(z.object({ name: z.string(), context: z.unknown(), html: z.string() })),
})

describe.each(Object.entries(parts))(
  'our %s against NHS.UK frontend’s own examples',
  (component, { said, say }) => {
    const { fixtures } = shape.parse(
      require(`nhsuk-frontend/dist/nhsuk/components/${component}/fixtures.json`),
    )
    const sayable = fixtures.flatMap(({ name, context, html }) => {
      if (name.includes('call block')) return []
      try {
        return [{ name, html, ours: say(context) }]
      } catch (problem) {
        if (problem instanceof z.ZodError) return []
        throw problem
      }
    })

    test(`${said} of its examples can be said with our part`, () => {
      expect(sayable).toHaveLength(said)
    })

    test('each comes out as the same HTML', () => {
      for (const { name, html, ours } of sayable) {
        const page = { csrfToken: 'token', synthetic: true }
        const made = renderToStaticMarkup(<PageContext value={page}>{ours}</PageContext>)
        expect(canonicalHtml(made), `${component}: ${name}`).toEqual(canonicalHtml(html))
      }
    })
  },
)
