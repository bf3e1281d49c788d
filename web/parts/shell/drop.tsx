/** Files may be dropped or pasted anywhere in the app, or picked. */
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { addFiles, onArrival } from '../../api/uploads.ts'
import { useKey } from '../keys.ts'
import { plural } from '../say.ts'
import { announce } from './announce.tsx'

const PICK = 'mdraft:pick'
export const pickFiles = (): void => {
  dispatchEvent(new Event(PICK))
}

/** A single file is opened as soon as it has arrived; several are followed in the list. */
let opens: string | null = null

export function takeFiles(files: readonly File[], go: (to: 'home') => void): void {
  if (files.length === 0) return
  const ids = addFiles(files)
  opens = files.length === 1 ? ids[0]! : null
  announce(files.length === 1 ? `Uploading ${files[0]!.name}` : `Uploading ${plural(files.length, 'file')}`)
  go('home')
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true

export function DropAnywhere({ children }: { children: ReactNode }) {
  const navigate = useNavigate()
  const [isOver, setIsOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const take = useRef((files: readonly File[]) => {
    takeFiles(files, () => navigate({ to: '/' }))
  })
  useKey('u', () => picker.current?.click())

  useEffect(() => {
    let depth = 0
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth += 1
      setIsOver(true)
    }
    const leave = () => {
      depth = Math.max(0, depth - 1)
      if (depth === 0) setIsOver(false)
    }
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault()
    const drop = (event: DragEvent) => {
      depth = 0
      setIsOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      filesOf(event.dataTransfer!).then(take.current)
    }
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      take.current(files)
    }
    const pick = () => picker.current?.click()
    document.addEventListener('dragenter', enter)
    document.addEventListener('dragleave', leave)
    document.addEventListener('dragover', over)
    document.addEventListener('drop', drop)
    document.addEventListener('paste', paste)
    addEventListener(PICK, pick)
    return () => {
      document.removeEventListener('dragenter', enter)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('dragover', over)
      document.removeEventListener('drop', drop)
      document.removeEventListener('paste', paste)
      removeEventListener(PICK, pick)
    }
  }, [])
  useEffect(
    () =>
      onArrival(({ id, result }) => {
        if (id !== opens || !result) return
        opens = null
        navigate({ to: '/documents/$id', params: { id: result.conversion_id } })
      }),
    [navigate],
  )

  return (
    <>
      {children}
      <input
        ref={picker}
        type="file"
        multiple
        className="hidden"
        aria-label="Choose files"
        onChange={(event) => {
          take.current([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {isOver && (
        <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-paper/85 p-6">
          <div className="flex h-full w-full items-center justify-center rounded-2xl border-2 border-accent border-dashed">
            <p className="rounded bg-mark px-3 py-1 font-semibold font-serif text-3xl text-ink">
              Drop to convert
            </p>
          </div>
        </div>
      )}
    </>
  )
}

/** Files of a drop; folders are walked. */
async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.every((entry) => entry.isFile)) return [...transfer.files]
  const found: File[] = []
  for (const entry of entries) await walk(entry, found)
  return found
}

/** A folder dropped by mistake should not start ten thousand uploads. */
const MOST = 500

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MOST || entry.name.startsWith('.')) return
  if (isFile(entry)) {
    found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)))
    return
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (batch.length === 0) return
    for (const one of batch) await walk(one, found)
  }
}
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
