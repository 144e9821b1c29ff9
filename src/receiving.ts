// Reads a form that carries a file: one file of text, no larger than a person would ever write.
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SentFile } from '#access'

declare module 'fastify' {
  interface FastifyRequest {
    sentFile: SentFile | undefined
  }
}

/** The most a file sent by a form may hold, in bytes. */
export const mostFileBytes = 256 * 1024

// A file beside the few fields of its form: whatever sends more is no form of ours.
const limits = {
  files: 1,
  fields: 10,
  parts: 11,
  fileSize: mostFileBytes,
  fieldSize: mostFileBytes,
  headerPairs: 20,
}

/**
 * Lets the routes added to this server take a form with a file as browsers send it. Nothing is written to disk, and
 * nothing of a file beyond the limit is kept. Every other route goes on refusing such a form unread.
 */
export async function takeFiles(app: FastifyInstance): Promise<void> {
  await app.register(multipart, { limits, throwFileSizeLimit: false })
  app.addHook('preHandler', async (request) => {
    if (request.isMultipart()) await receive(request)
  })
}

async function receive(request: FastifyRequest): Promise<void> {
  const fields: Record<string, string[]> = {}
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const sent = await readSent(part.fieldname, part.file)
      if (part.filename) request.sentFile = sent
    } else if (part.valueTruncated) {
      throw Object.assign(new Error('a field of a form is too long'), { statusCode: 413 })
    } else {
      fields[part.fieldname] = [...(fields[part.fieldname] ?? []), String(part.value)]
    }
  }
  request.body = fields
}

// Beyond the limit the reader lets the bytes go by; the stream is read to its end, or the form would never arrive.
async function readSent(
  field: string,
  stream: AsyncIterable<Uint8Array> & { readonly truncated: boolean },
): Promise<SentFile> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  if (stream.truncated) return { field, mistake: 'Choose a file of 256 KB or less' }
  const text = textIn(Buffer.concat(chunks))
  if (text === undefined) return { field, mistake: 'Choose a file of plain text, saved as UTF-8' }
  return text.trim() ? { field, text } : { field, mistake: 'Choose a file that is not empty' }
}

/** Bytes as text where they are UTF-8 and nothing a text cannot hold is among them. */
function textIn(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
