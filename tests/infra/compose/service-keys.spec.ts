import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { KeyRules } from "../../../infra/compose/key-rule";
import { BUILD_KEYS, DEPLOY_KEYS, HEALTH_CHECK_KEYS } from "../../../infra/compose/nested-keys";
import { EXTENSION_KEY, FILE_KEYS, SERVICE_KEYS } from "../../../infra/compose/service-keys";

/** The keys that the Compose Specification's JSON schema has. */
const SPECIFICATION: Readonly<Record<string, string>> = {
  file: "configs include models name networks secrets services version volumes",
  service:
    "annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name " +
    "cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec " +
    "depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file " +
    "environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc " +
    "isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit " +
    "models network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_start " +
    "pre_stop privileged profiles provider pull_policy pull_refresh_after read_only restart runtime scale secrets " +
    "security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits " +
    "use_api_socket user userns_mode uts volumes volumes_from working_dir",
  build:
    "additional_contexts args cache_from cache_to context dockerfile dockerfile_inline entitlements extra_hosts " +
    "isolation labels network no_cache no_cache_filter platforms privileged provenance pull sbom secrets shm_size ssh " +
    "tags target ulimits",
  deploy:
    "endpoint_mode labels mode placement replicas resources restart_policy rollback_config update_config",
  healthcheck: "disable interval retries start_interval start_period test timeout",
};

function specified(part: string): string[] {
  return (SPECIFICATION[part] ?? "").split(" ");
}

type Row = readonly string[];

/** Every rule of one kind as the row of a table, nested keys with their path. */
function rowsOf(kind: "deployed" | "local" | "refused", rules: KeyRules, prefix = ""): Row[] {
  return Object.entries(rules).flatMap(([key, rule]): Row[] => {
    const name = `${prefix}${key}`;
    const below = rule.kind === "deployed" && rule.keys !== undefined ? rule.keys : {};
    const rows = rowsOf(kind, below, `${name}.`);
    if (rule.kind !== kind) return rows;
    if (rule.kind === "deployed") return [[`\`${name}\``, rule.field, rule.bounds], ...rows];
    return [[`\`${name}\``, rule.kind === "local" ? rule.reason : rule.remedy], ...rows];
  });
}

/** The rows of the tables below a heading of docs/container.md, up to the next heading. */
function documented(heading: string): Row[] {
  const page = readFileSync("docs/container.md", "utf8");
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .slice(1, -1)
        .split(" | ")
        .map((cell) => cell.trim()),
    );
}

function sorted(rows: readonly Row[]): string[] {
  return rows.map((row) => row.join(" | ")).sort();
}

describe("keys of a Compose file", () => {
  for (const [part, rules] of [
    ["file", FILE_KEYS],
    ["build", BUILD_KEYS],
    ["deploy", DEPLOY_KEYS],
    ["healthcheck", HEALTH_CHECK_KEYS],
  ] as const) {
    it(`have a rule for every key of ${part}`, () => {
      assert.deepEqual(Object.keys(rules).sort(), specified(part));
    });
  }

  it("have a rule for every key of a service, and one of their own", () => {
    const keys = [...specified("service"), EXTENSION_KEY].sort();

    assert.deepEqual(Object.keys(SERVICE_KEYS).sort(), keys);
  });

  for (const [heading, kind] of [
    ["What is deployed", "deployed"],
    ["What stays on the laptop", "local"],
    ["What is refused", "refused"],
  ] as const) {
    it(`are documented under "${heading}" as the code has them`, () => {
      const rules = { ...SERVICE_KEYS, ulimits: { ...SERVICE_KEYS["ulimits"]!, keys: {} } };
      const expected = [...rowsOf(kind, FILE_KEYS), ...rowsOf(kind, rules)];

      assert.deepEqual(sorted(documented(heading)), sorted(expected));
    });
  }
});
