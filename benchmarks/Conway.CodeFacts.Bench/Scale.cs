using System.Diagnostics;
using System.Globalization;

namespace Conway.CodeFacts.Bench;

/// <summary>What does reading a codebase cost, stage by stage?</summary>
/// <remarks>CPU time is that of the whole process, so that neighbours on the machine count little; memory is the most that was resident.</remarks>
internal static class Scale
{
    public static void Run(ISourceTree tree)
    {
        var process = Process.GetCurrentProcess();
        var (wall, stages) = (Stopwatch.StartNew(), new List<(string Name, TimeSpan Cpu, TimeSpan Wall, double Mebibytes)>());
        var (stage, cpuAt, wallAt) = ("", Cpu(process), TimeSpan.Zero);
        void Enter(string next)
        {
            if (next != stage)
            {
                var (cpu, at) = (Cpu(process), wall.Elapsed);
                if (stage.Length > 0)
                {
                    stages.Add((stage, cpu - cpuAt, at - wallAt, GC.GetTotalMemory(false) / 1048576.0));
                }

                (stage, cpuAt, wallAt) = (next, cpu, at);
            }
        }

        var code = CodebaseReader.Read(tree, new CodebaseOptions(), p => Enter(p.Stage), CancellationToken.None);
        Enter("end");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{tree.Name}: {code.Coverage.Lines:N0} lines in {code.Coverage.Files:N0} files, {code.Types.Length:N0} types, {code.Calls.Length:N0} calls, {code.Entities.Length:N0} entities, {code.EntryPoints.Length:N0} entry points"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"wall {wall.Elapsed.TotalSeconds:0.0} s, CPU {Cpu(process).TotalSeconds:0.0} s ({Cpu(process).TotalSeconds / Environment.ProcessorCount:0.0} s a core of {Environment.ProcessorCount}), peak {PeakMebibytes(process):0} MiB, allocated {GC.GetTotalAllocatedBytes() / 1048576.0:0} MiB, collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}, paused {GC.GetTotalPauseDuration().TotalSeconds:0.0} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"names bound {code.Coverage.NamesShare:P1}, calls bound {code.Coverage.CallsShare:P1}, files unread {code.Coverage.FilesUnread}, broken {code.Coverage.FilesBroken}, findings {code.Findings.Length}"));
        foreach (var (name, cpu, time, memory) in stages)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-8} CPU {cpu.TotalSeconds,6:0.00} s   wall {time.TotalSeconds,6:0.00} s   managed {memory,5:0} MiB"));
        }
    }

    private static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static double PeakMebibytes(Process process)
    {
        process.Refresh();
        return File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024
            : process.PeakWorkingSet64 / 1048576.0;
    }
}
