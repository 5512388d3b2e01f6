/** True while the process runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user lives and may not be asked.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
