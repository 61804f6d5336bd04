// Server-sent events of a request that is no GET, for which browsers' EventSource is not made.

/** Calls `heard(name, data)` for each event of a response, and ends when it does; throws where the connection breaks. */
export async function follow(response, heard) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) tell(part, heard);
  }
}

function tell(part, heard) {
  let name = "message";
  const data = [];
  for (const line of part.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data.push(line.slice(6));
    else if (line.startsWith("data:")) data.push(line.slice(5));
  }
  if (data.length) heard(name, data.join("\n"));
}
