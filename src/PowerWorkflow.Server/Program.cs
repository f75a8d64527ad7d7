using PowerWorkflow.Server.CommandLine;

return await CommandRoot.Run(args);

/// <summary>The entry point; tests start the server through it.</summary>
public sealed partial class Program;
