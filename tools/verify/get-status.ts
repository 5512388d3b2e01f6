/** Milliseconds that an answer may take. */
const PATIENCE = 10_000;

/** Asks for an address; gives the HTTP status of the answer, or why there is none. Follows no redirect. */
export async function getStatus(address: string): Promise<number | string> {
  try {
    const answer = await fetch(address, {
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? `no answer, ${cause.message || cause.name}` : message;
  }
}
