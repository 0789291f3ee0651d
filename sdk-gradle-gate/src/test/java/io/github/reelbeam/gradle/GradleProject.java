package io.github.reelbeam.gradle;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gradle.api.Project;
import org.gradle.api.artifacts.Configuration;
import org.gradle.api.artifacts.component.ComponentIdentifier;
import org.gradle.api.artifacts.component.ModuleComponentIdentifier;
import org.gradle.api.artifacts.repositories.MavenArtifactRepository;
import org.gradle.api.artifacts.result.DependencyResult;
import org.gradle.api.artifacts.result.ResolutionResult;
import org.gradle.api.artifacts.result.ResolvedComponentResult;
import org.gradle.api.artifacts.result.UnresolvedDependencyResult;
import org.gradle.testfixtures.ProjectBuilder;

/**
 * A project of Gradle in this JVM, with one dependency. What is found for it is found by Gradle's
 * own resolution, in two folders; nothing is fetched from anywhere.
 */
final class GradleProject {
  private static final String OWN_GROUP = "io.github.reelbeam";

  /** Where this build has published Reelbeam, as to a repository. */
  private static final Path PUBLISHED = Path.of(System.getProperty("gradle.published"));

  /** What Maven has fetched, OkHttp's module metadata included. */
  private static final Path FETCHED = Path.of(System.getProperty("gradle.fetched"));

  private final Project project;
  private final Configuration classPath;

  /** Depends on a module of Reelbeam, of the version that this build has published. */
  GradleProject(Path folder, Consumer consumer, String module) {
    this(folder, consumer);
    String version = System.getProperty("gradle.version-of-reelbeam");
    depend(OWN_GROUP + ":" + module + ":" + version);
  }

  /** Depends on nothing yet. */
  GradleProject(Path folder, Consumer consumer) {
    project =
        ProjectBuilder.builder()
            .withProjectDir(folder.resolve("project").toFile())
            .withGradleUserHomeDir(folder.resolve("home").toFile())
            .build();
    project.getGradle().getStartParameter().setOffline(true);
    // the rules by which attributes fit: Java's plugins and Android's have them from here
    project.getPluginManager().apply("jvm-ecosystem");
    project.getDependencies().attributesSchema(Consumer::addRules);
    repository(PUBLISHED).content(only -> only.includeGroup(OWN_GROUP));
    repository(FETCHED).content(all -> all.excludeGroup(OWN_GROUP));
    classPath = project.getConfigurations().create("runtime");
    classPath.attributes(attributes -> consumer.ask(attributes, project.getObjects()));
  }

  void depend(Object notation) {
    project.getDependencies().add("runtime", notation);
  }

  /** As {@code platform(...)} in a build script. */
  void dependOnPlatform(String notation) {
    depend(project.getDependencies().platform(notation));
  }

  private MavenArtifactRepository repository(Path folder) {
    return project.getRepositories().maven(maven -> maven.setUrl(folder.toUri()));
  }

  /** From now on all modules are what their POMs say. */
  void ignoreModuleMetadata() {
    for (MavenArtifactRepository maven :
        project.getRepositories().withType(MavenArtifactRepository.class)) {
      maven.metadataSources(
          sources -> {
            sources.mavenPom();
            sources.ignoreGradleMetadataRedirection();
          });
    }
  }

  private ResolutionResult resolved() {
    return classPath.getIncoming().getResolutionResult();
  }

  /** The modules on the class path, as group:name. */
  Set<String> modules() {
    Set<String> modules = new TreeSet<>();
    for (ResolvedComponentResult component : resolved().getAllComponents()) {
      if (component.getId() instanceof ModuleComponentIdentifier id) {
        modules.add(id.getModuleIdentifier().toString());
      }
    }
    return modules;
  }

  /** What Gradle could not find or refused, as group:name:version, with its reasons. */
  Map<String, String> missing() {
    Map<String, String> missing = new TreeMap<>();
    for (DependencyResult dependency : resolved().getAllDependencies()) {
      if (dependency instanceof UnresolvedDependencyResult unresolved) {
        missing.put(unresolved.getAttempted().getDisplayName(), reasons(unresolved.getFailure()));
      }
    }
    return missing;
  }

  private static String reasons(Throwable failure) {
    StringBuilder reasons = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      reasons.append(t.getMessage()).append('\n');
    }
    return reasons.toString();
  }

  /** All files of the class path that are to be had. */
  Set<File> files() {
    return classPath.getIncoming().artifactView(view -> view.lenient(true)).getFiles().getFiles();
  }

  /** The files of Reelbeam itself. */
  Set<File> ownFiles() {
    return classPath
        .getIncoming()
        .artifactView(view -> view.lenient(true).componentFilter(GradleProject::isOwn))
        .getFiles()
        .getFiles();
  }

  private static boolean isOwn(ComponentIdentifier component) {
    return component instanceof ModuleComponentIdentifier id && id.getGroup().equals(OWN_GROUP);
  }
}
