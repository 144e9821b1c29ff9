import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { furnitureFor as gallery, galleryPages, jean } from '../../test/ui-gallery.data.tsx'
import {
  Button,
  DateField,
  DocumentPage,
  Paging,
  PostForm,
  Radios,
  renderPage,
  Select,
  Telephone,
  TextArea,
  TextField,
} from './index.ts'

const furniture = gallery('My day')
const nasty = '<script>alert("x")</script> O’Neill & "Sons"'

describe('every kind of page', () => {
  const pages = Object.entries(galleryPages).map(([name, make]) => ({ name, html: make() }))

  test('holds no style and no script of its own, so the content security policy can forbid both', () => {
    expect(pages.length).toBeGreaterThan(9)
    for (const { name, html } of pages) {
      expect(html, name).not.toMatch(/\sstyle=/)
      expect(html, name).not.toMatch(/<style/)
      expect(html, name).not.toMatch(/\son[a-z]+=/)
      expect(html.match(/<script[^>]*>[^<]/g), name).toBeNull()
      expect(html.match(/(?:src|href)="(?:https?:)?\/\/[^"]*"/g), name).toBeNull()
    }
  })

  test('says SYNTHETIC and that nobody is real when the installation is synthetic', () => {
    for (const { name, html } of pages) {
      expect(html, name).toContain('SYNTHETIC')
      expect(html, name).toContain('Harrowmere is a made-up town. Nobody in it is real.')
    }
  })

  test('has one h1, one main part and each id once', () => {
    for (const { name, html } of pages) {
      expect(html.match(/<h1[ >]/g), name).toHaveLength(1)
      expect(html.match(/<main[ >]/g), name).toHaveLength(1)
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])
      expect(new Set(ids).size, name).toBe(ids.length)
    }
  })

  // Else the whole of it is kept at two bytes a letter, and the system's own work for a list doubles (benchmarks/pages.md).
  test('a list of many pages has no letter that other pages do not need', () => {
    const children = <Paging page={5} total={1000} hrefFor={(page) => `/list?page=${page}`} />
    const html = renderPage({ furniture: { ...furniture, whatToTry: undefined }, title: 'A list', children })
    expect(html).toContain('&#8943;')
    expect(html.match(/[\u0100-\uffff]/g)).toBeNull()
  })

  test('carries the session’s token in every form that changes something', () => {
    for (const { name, html } of pages) {
      const forms = html.match(/<form[^>]*method="post"[^>]*>.*?<\/form>/g) ?? []
      for (const form of forms) expect(form, name).toContain('name="_csrf" value="token"')
    }
  })

  test('has no two buttons with the same spoken name', () => {
    for (const { name, html } of pages) {
      const buttons = html.match(/<(?:button|a)[^>]*class="[^"]*nhsuk-button[^>]*>.*?<\/(?:button|a)>/g) ?? []
      const spoken = buttons.map((button) => button.replace(/<[^>]*>/g, '').trim())
      expect(
        spoken.filter((words, index) => spoken.indexOf(words) !== index),
        name,
      ).toEqual([])
    }
  })
})

describe('a real installation', () => {
  const html = renderPage({ furniture: { ...furniture, synthetic: false }, title: 'My day', isStamped: true })

  test('has no strip and no stamp, so that their absence means live', () => {
    expect(html).not.toContain('SYNTHETIC')
    expect(html).not.toContain('made-up')
    expect(html).not.toContain('kw-strip')
  })
})

describe('who is signed in', () => {
  test('a role without a right to names has no search box at all', () => {
    expect(renderPage({ furniture, title: 'x' })).toContain('type="search"')
    expect(renderPage({ furniture: { ...furniture, hasSearch: false }, title: 'x' })).not.toContain(
      'type="search"',
    )
  })

  test('looking for a person posts the words, so no name is left in an address', () => {
    const html = renderPage({ furniture, title: 'x' })
    expect(html).toMatch(/<form[^>]*action="\/find"[^>]*method="post"/)
  })

  test('the header says the name, role and place, and signing out changes something', () => {
    const html = renderPage({ furniture, title: 'x' })
    expect(html).toContain('Amina Yusuf')
    expect(html).toContain('Case manager, Quayside locality')
    expect(html).toMatch(/<form[^>]*action="\/sign-out"[^>]*method="post"/)
  })

  test('the foot says which day it is here, how fresh the sources are and that opening is recorded', () => {
    const html = renderPage({ furniture, title: 'x' })
    expect(html).toContain('Today is Wednesday 1 April 2026.')
    expect(html).toContain('Hospital data to 31 March 2026.')
    expect(html).toContain('Everything you open is recorded.')
  })

  test('a ward round has no navigation and no search to wander to', () => {
    const html = renderPage({ furniture, title: 'x', slim: true })
    expect(html).not.toContain('aria-label="Main"')
    expect(html).not.toContain('type="search"')
  })
})

describe('the banner of a person', () => {
  const bannerOf = (more: Partial<typeof jean>) =>
    renderPage({ furniture, title: 'x', banner: { ...jean, ...more } })

  test('HZ23 recorded, none known and not recorded allergies are three different words and colours', () => {
    const recorded = bannerOf({ allergy: { state: 'recorded', words: 'penicillin (rash)' } })
    expect(recorded).toContain('<strong class="nhsuk-tag nhsuk-tag--red">Allergy: penicillin (rash)</strong>')
    const none = bannerOf({ allergy: { state: 'none known', checkedOn: '2 October 2026' } })
    expect(none).toContain('nhsuk-tag--grey">No known allergies, checked 2 October 2026')
    const unknown = bannerOf({ allergy: { state: 'not recorded' } })
    expect(unknown).toContain('nhsuk-tag--yellow">Allergies not recorded')
    expect(unknown).not.toContain('No known allergies')
  })

  test('HZ21 begins with the day somebody died', () => {
    const html = bannerOf({ diedOn: '3 November 2026' })
    expect(html).toContain('kw-banner--died')
    expect(html.indexOf('Died 3 November 2026')).toBeLessThan(html.indexOf('PILLAY, Jean'))
  })

  test('HZ01 says when another person has a similar name, and when nobody is case manager', () => {
    expect(bannerOf({ hasSimilarName: true })).toContain('Another patient has a similar name')
    expect(bannerOf({ caseManager: undefined })).toContain('Case manager</span> <b>none</b>')
  })

  test('keeps each letter of a name when it makes it capital', () => {
    expect(bannerOf({ familyName: 'Wójcik' })).toContain('WÓJCIK')
    expect(bannerOf({ familyName: 'Llewellyn-Pugh' })).toContain('LLEWELLYN-PUGH')
  })

  test('says that an NHS number is not known instead of leaving it out', () => {
    expect(bannerOf({ nhsNumber: undefined })).toContain('Not known')
  })
})

describe('words that came from somebody', () => {
  test('are shown as they were typed and never run', () => {
    const html = renderPage({
      furniture: { ...furniture, caller: { ...furniture.caller!, name: nasty }, wasSaved: { words: nasty } },
      title: nasty,
      lead: nasty,
      banner: { ...jean, familyName: nasty, address: nasty, likesToBeCalled: nasty },
      problems: [{ field: 'what', message: nasty }],
      typed: { what: nasty, note: nasty },
      children: (
        <PostForm action="/x">
          <TextField name="what" label={nasty} hint={nasty} />
          <TextArea name="note" label={nasty} />
        </PostForm>
      ),
    })
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain(
      'value="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; O’Neill &amp; &quot;Sons&quot;"',
    )
  })
})

describe('a telephone number', () => {
  const said = 'Ring 01632 960 150, or 020 7946 0018 at night'
  const html = renderPage({
    furniture,
    title: 'Change the plan',
    lead: said,
    typed: { call: said, note: said },
    children: (
      <PostForm action="/x">
        <TextField name="call" label="Whom to ring" />
        <TextArea name="note" label="Note" />
      </PostForm>
    ),
  })

  test('inside a sentence is not broken over two lines', () => {
    expect(html).toContain('Ring 01632\u00a0960\u00a0150, or 020\u00a07946\u00a00018 at night</p>')
  })

  test.each([
    ['01632 960408', '01632\u00a0960\u00a0408'],
    ['+441632 960408', '+441632 960 408'],
    ['020 7946 0018', '020\u00a07946\u00a00018'],
    ['01632960408', '01632960408'],
  ])('to ring, %s, is grouped to be read out and dials all its figures', (number, said) => {
    const page = renderPage({ furniture, title: 'Ring', children: <Telephone number={number} /> })
    expect(page).toContain(`href="tel:${number.replaceAll(' ', '')}">${said}</a>`)
  })

  test('in a form stays as it was typed', () => {
    expect(html).toContain(`value="${said}"`)
    expect(html).toMatch(new RegExp(`<textarea[^>]*>${said}</textarea>`))
  })
})

describe('a form that was sent with something to put right', () => {
  const html = renderPage({
    furniture,
    title: 'Add an action',
    problems: [
      { field: 'owner', message: 'Select who will do this' },
      { field: 'dueOn', message: 'Enter when it is due' },
    ],
    typed: {
      what: 'Ring her',
      note: 'in the morning',
      'dueOn-day': '31',
      'dueOn-month': '11',
      'dueOn-year': '',
      how: 'call',
    },
    children: (
      <PostForm action="/x" personToken="k1">
        <TextField name="what" label="What?" value="as recorded" />
        <TextArea name="note" label="Note" />
        <Select name="owner" label="Who?" prompt="Choose a person" choices={[{ value: '1', words: 'Ana' }]} />
        <DateField name="dueOn" label="When?" />
        <Radios
          name="how"
          label="How?"
          choices={[
            { value: 'visit', words: 'Visit' },
            { value: 'call', words: 'Call' },
          ]}
        />
        <Button>Save</Button>
      </PostForm>
    ),
  })

  test('says Error first in the title', () => {
    expect(html).toContain('<title>Error: Add an action - Keyworker</title>')
  })

  test('keeps everything that was typed, and what was typed wins over the record', () => {
    expect(html).toContain('value="Ring her"')
    expect(html).not.toContain('as recorded')
    expect(html).toContain('in the morning</textarea>')
    expect(html).toMatch(/name="dueOn-day"[^>]*value="31"/)
    expect(html).toMatch(/checked="" value="call"|value="call"[^>]*checked=""/)
  })

  test('says the same words in the summary, as a link to the field, and beside the field', () => {
    for (const [field, words] of [
      ['owner', 'Select who will do this'],
      ['dueOn', 'Enter when it is due'],
    ]) {
      expect(html).toContain(`<a href="#${field}">${words}</a>`)
      expect(html).toMatch(new RegExp(`<(?:input|select)[^>]*id="${field}"`))
      expect(html.split(words ?? '')).toHaveLength(3)
    }
  })

  test('HZ01 is still about the person it was opened for', () => {
    expect(html).toContain('name="_person" value="k1"')
  })
})

describe('a decision', () => {
  const choices = [
    { value: 'accept', words: 'Accept' },
    { value: 'decline', words: 'Decline' },
  ]

  test('HZ14 has nothing chosen on arrival', () => {
    const html = renderPage({
      furniture,
      title: 'x',
      children: <Radios name="d" label="Would it help?" choices={choices} />,
    })
    expect(html).not.toContain('checked')
  })

  test('chosen by the record says where from', () => {
    const known = { value: 'accept', from: 'GP record, 4 March 2026' }
    const html = renderPage({
      furniture,
      title: 'x',
      children: <Radios name="d" label="Lives alone?" choices={choices} known={known} />,
    })
    expect(html).toMatch(/checked="" value="accept"|value="accept"[^>]*checked=""/)
    expect(html).toContain('Chosen already. From: GP record, 4 March 2026')
  })

  test('is never sent from outside a page, where no session’s token could be had', () => {
    expect(() => renderToStaticMarkup(<PostForm action="/x">Save</PostForm>)).toThrow('outside renderPage')
  })
})

describe('a sheet of paper', () => {
  const sheetWith = (more: { readonly state?: string; readonly supersededOn?: string }) =>
    renderPage({
      furniture,
      title: 'Emergency summary',
      hasOwnHeading: true,
      children: (
        <DocumentPage heading="Emergency summary" foot="Page 1 of 1." {...more}>
          <p>Do this first</p>
        </DocumentPage>
      ),
    })

  test('HZ04 says SUPERSEDED with the day, above everything it once said', () => {
    const html = sheetWith({ supersededOn: '2 August 2026' })
    expect(html).toContain('kw-sheet--superseded')
    expect(html.indexOf('SUPERSEDED on 2 August 2026')).toBeLessThan(html.indexOf('Do this first'))
    expect(html.indexOf('SUPERSEDED on 2 August 2026')).toBeGreaterThan(0)
  })

  test('HZ04 says that it was not checked, or is a draft, above everything else', () => {
    const html = sheetWith({ state: 'NOT CHECKED SINCE 2 AUGUST 2026' })
    expect(html.indexOf('NOT CHECKED SINCE')).toBeGreaterThan(0)
    expect(html.indexOf('NOT CHECKED SINCE')).toBeLessThan(html.indexOf('Do this first'))
  })
})
