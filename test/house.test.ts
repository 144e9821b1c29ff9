import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { groundFloor, rooms } from '../src/pathway.ts'

// On the roof several files share a folder; it is no room and has no door.
const roof = ['demonstration', 'command']

const root = resolve(import.meta.dirname, '..')
const source = join(root, 'src')

type File = { readonly path: string; readonly room?: string; readonly name: string; readonly text: string }

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

const files: readonly File[] = filesUnder(source)
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => {
    const parts = relative(source, path).split('/')
    return {
      path,
      name: parts.at(-1) ?? '',
      text: readFileSync(path, 'utf8'),
      room: parts.length > 1 ? parts[0] : undefined,
    }
  })
const product = files.filter(({ name }) => !/\.test\.tsx?$/.test(name))
const roomNames = readdirSync(source).filter((name) => statSync(join(source, name)).isDirectory())
const order: readonly string[] = [...groundFloor, ...rooms.map((room) => room.name)]

type Import = { readonly from: string; readonly isType: boolean }

function importsOf(text: string): readonly Import[] {
  return [...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?([^'"]*?)\s*from\s+['"]([^'"]+)['"]/gm)].map(
    (match) => {
      const named = /^\{([^}]*)\}$/s.exec((match[2] ?? '').trim())
      const allTypes = named
        ? (named[1] ?? '')
            .split(',')
            .filter((n) => n.trim())
            .every((n) => n.trim().startsWith('type '))
        : false
      return { from: match[3] ?? '', isType: Boolean(match[1]) || allTypes }
    },
  )
}

const inRooms = product.flatMap((file) =>
  file.room && !roof.includes(file.room) ? [{ ...file, room: file.room, imports: importsOf(file.text) }] : [],
)

describe('the house', () => {
  it('was read: a test that reads nothing passes everything', () => {
    expect(inRooms.length).toBeGreaterThan(30)
    expect(inRooms.flatMap(({ imports }) => imports).length).toBeGreaterThan(100)
  })

  it('has only rooms that pathway.ts names', () => {
    // A room of the pathway not yet built is not a folder; a folder that is no room has no place.
    expect(roomNames.filter((name) => !order.includes(name) && !roof.includes(name))).toEqual([])
  })

  it('is entered by the door: no room reaches into another', () => {
    const side = inRooms.flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ from }) =>
            from.startsWith('.') &&
            !resolve(dirname(path), from).startsWith(
              join(source, relative(source, path).split('/')[0] ?? ''),
            ),
        )
        .map(({ from }) => `${relative(root, path)} imports ${from}`),
    )
    expect(side).toEqual([])
  })

  it('looks back, never forward; on the ground floor a type may look up', () => {
    const forward = inRooms.flatMap(({ path, room, imports }) =>
      imports
        .filter(({ from }) => from.startsWith('#'))
        .filter(({ from, isType }) => {
          const there = order.indexOf(from.slice(1))
          const here = order.indexOf(room)
          const isGround = here < groundFloor.length && there < groundFloor.length
          return there < 0 || (there >= here && !(isGround && isType))
        })
        .map(({ from }) => `${relative(root, path)} imports ${from}`),
    )
    expect(forward).toEqual([])
  })

  it('keeps decisions pure: rules and messages touch no database, clock or chance', () => {
    const impure = /\bnew Date\(\)|Date\.now|Math\.random|\bawait\b|#database|from 'node:(?!zlib|buffer)/
    const found = product
      .filter(({ name }) => name === 'rules.ts' || name.startsWith('messages'))
      .filter(({ text }) => impure.test(text))
    expect(found.map(({ path }) => relative(root, path))).toEqual([])
  })

  it('writes SQL only in stores', () => {
    const mayHold = (file: File) =>
      /store/.test(file.name) ||
      file.room === 'database' ||
      file.room === 'access' ||
      /store|sql/.test(file.path)
    const found = product.filter((file) => file.room && !mayHold(file) && /\bsql`/.test(file.text))
    expect(found.map(({ path }) => relative(root, path))).toEqual([])
  })

  it('has a page for each room', () => {
    const without = roomNames
      .filter((name) => !roof.includes(name))
      .filter((name) => {
        const own = readdirSync(join(source, name))
        return !own.includes('README.md') || !own.includes('index.ts')
      })
    expect(without).toEqual([])
  })

  it('uses no name that says nothing', () => {
    const empty = /^(utils?|helpers?|common|managers?|services?|misc|handlers?)(\.|$)/
    const found = filesUnder(source).filter((path) =>
      relative(source, path)
        .split('/')
        .some((part) => empty.test(part)),
    )
    expect(found).toEqual([])
  })

  it('holds one class, and it is Refused', () => {
    const classes = product.flatMap(({ text }) =>
      [...text.matchAll(/^\s*(?:export )?class (\w+)/gm)].map((m) => m[1]),
    )
    expect(classes).toEqual(['Refused'])
  })
})

// SQL says "as" too, and so do comments and sentences: only code counts.
const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$|^(import|export) .* from .*$/gm, '')
    .replace(/`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/>[^<>{}=]*</g, '><')

describe('ratchets: a bad habit may only become rarer', () => {
  const lines = (text: string) => text.split('\n').length
  const ratchet = JSON.parse(readFileSync(join(root, 'test/ratchet.json'), 'utf8')) as Record<string, number>
  const counts: Record<string, number> = {
    'files over 250 lines': product.filter(
      ({ name, text }) => !/\.data\.tsx?$/.test(name) && lines(text) > 250,
    ).length,
    'types asserted with as': product.flatMap(({ text }) => [
      ...codeOf(text).matchAll(/[\w)\]}] as (?!const\b)[A-Z{(readonly]/g),
    ]).length,
    'values asserted with !': product.flatMap(({ text }) => [
      ...codeOf(text).matchAll(/[\w)\]]!(?=[.;,)\]\s])(?!=)/g),
    ]).length,
  }
  it.each(Object.keys(counts))('%s', (habit) => {
    expect(counts[habit]).toBeLessThanOrEqual(ratchet[habit] ?? 0)
  })
})

describe('words on the screen', () => {
  it('never say what the product may not claim, nor what the NHS would not write', () => {
    const banned =
      /\b(predicts?|prediction|diagnose[sd]?|detects?|invalid|please|service users?|successfully)\b/i
    const screens = product.filter(({ name }) => /\.tsx$|\.words\.data\.ts$/.test(name))
    const said = screens.flatMap(({ path, text }) =>
      [
        ...text
          .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, '')
          .matchAll(/>([^<>{}]+)<|['"`]([^'"`\n]*\s[^'"`\n]*)['"`]/g),
      ]
        .map((match) => match[1] ?? match[2] ?? '')
        .filter((words) => banned.test(words))
        .map((words) => `${relative(root, path)}: ${words.trim()}`),
    )
    expect(said).toEqual([])
  })
})
