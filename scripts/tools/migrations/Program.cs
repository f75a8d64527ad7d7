throw new System.NotSupportedException("Built for dotnet-ef; there is nothing to run.");
