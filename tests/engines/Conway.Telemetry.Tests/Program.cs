using Conway.Telemetry.Tests;

// Run by xunit as any test project; with 'write FOLDER' it is the process that A_killed_engine… kills, with 'full FOLDER' the one on a full disk.
switch (args)
{
    case ["write", var folder]:
        await EndlessWriter.RunAsync(folder);
        return 0;
    case ["full", var folder]:
        await FullDisk.TellAsync(folder);
        return 0;
}

return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
