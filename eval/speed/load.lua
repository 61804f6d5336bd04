-- For wrk: posts the questions of the file that is named after `--`, a JSON string a line, in turn, and prints the figures.
local bodies, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    bodies[#bodies + 1] = '{"question": ' .. line .. '}'
  end
  at = tonumber(args[2] or "0")
end

function request()
  at = at % #bodies + 1
  return wrk.format("POST", "/v1/questions", {["Content-Type"] = "application/json"}, bodies[at])
end

function done(summary, latency)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\nFIGURES {"answers": %d, "seconds": %f, "lost": %d, "p50": %f, "p95": %f, "p99": %f, "most": %f}\n',
    summary.requests, summary.duration / 1e6, lost, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3))
end
