/** Says what is being done, for the person who waits. */
export type Progress = (text: string) => void

/** On a terminal one line that is overwritten; else a line whenever something else begins, at most one in two seconds. */
export function progressTo(stream: NodeJS.WriteStream): Progress {
  let last = 0
  let before = ''
  return (text) => {
    const now = performance.now()
    if (stream.isTTY) {
      if (now - last < 50) return
      stream.write(`\r\u001b[2K${text}`)
    } else {
      const topic = text.split(':')[0]!
      if (now - last < 2000 && topic === before) return
      before = topic
      stream.write(`${text}\n`)
    }
    last = now
  }
}
