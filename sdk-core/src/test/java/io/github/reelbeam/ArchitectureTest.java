package io.github.reelbeam;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.internal.http.BackendTiming;
import io.github.reelbeam.journal.FileUploadJournal;
import io.github.reelbeam.notify.HttpAssetNotifier;
import java.util.Set;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** Who may know whom (docs/DESIGN: packages), and what nobody does. */
class ArchitectureTest {
  private static final String ROOT = "io.github.reelbeam";
  private static final String INTERNAL = ROOT + ".internal";
  private static final String[] AWS = {"software.amazon.."};
  // the interfaces that an HTTP client for the SDK has to implement
  private static final String[] AWS_HTTP = {
    "software.amazon.awssdk.http..", "software.amazon.awssdk.utils.."
  };
  private static final String[] OKHTTP = {"okhttp3..", "okio.."};

  private static void check(ArchRule rule) {
    rule.check(MainClasses.all());
  }

  private static DescribedPredicate<JavaClass> in(String... packages) {
    return resideInAnyPackage(packages);
  }

  @Test
  void onlyTheTransferKnowsTheAwsSdk() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(INTERNAL + ".transfer..", INTERNAL + ".http..")
            .should()
            .dependOnClassesThat(in(AWS)));
  }

  @Test
  void theTransportKnowsOnlyTheSdksHttpInterfaces() {
    check(
        noClasses()
            .that()
            .resideInAPackage(INTERNAL + ".http..")
            .should()
            .dependOnClassesThat(in(AWS).and(resideOutsideOfPackages(AWS_HTTP))));
  }

  /** A builder takes the app's own client, so its class holds one. */
  @Test
  void onlyTheTransportAndThreeBuildersKnowOkHttp() {
    Set<String> takeTheAppsClient =
        Set.of(
            VideoUploader.class.getName(),
            HttpCredentialsFetcher.class.getName(),
            HttpAssetNotifier.class.getName());
    check(
        noClasses()
            .that(
                describe(
                    "are not in internal.http and take no client of the app",
                    (JavaClass type) ->
                        !type.getPackageName().startsWith(INTERNAL + ".http")
                            && !takeTheAppsClient.contains(outermost(type).getName())))
            .should()
            .dependOnClassesThat(in(OKHTTP)));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  /** What the SDK calls internal may be gone in its next version, and an app may bring that one. */
  @Test
  void ofTheAwsSdkOnlyThePublicApiIsUsed() {
    String internal = "software.amazon.awssdk.annotations.SdkInternalApi";
    assertThat(new ClassFileImporter().importPackages(S3TransferManager.class.getPackageName()))
        .as("the mark is in the class files")
        .anyMatch(type -> type.isAnnotatedWith(internal));
    check(noClasses().should().dependOnClassesThat().areAnnotatedWith(internal));
  }

  @Test
  void onlyTheJsonPackageKnowsJackson() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL + ".json..")
            .should()
            .dependOnClassesThat(in("com.fasterxml..")));
  }

  /** So that R8 leaves data binding out of every app that does not ask for it. */
  @Test
  void onlyTheTypedAnswerKnowsDataBinding() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(".*\\.internal\\.json\\.ResponseJson(\\$.*)?")
            .should()
            .dependOnClassesThat(in("com.fasterxml.jackson.databind..")));
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(VideoAsset.class.getName())
            .and()
            .resideOutsideOfPackage(INTERNAL + ".json..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("ResponseJson"));
  }

  @Test
  void onlyThePipelineKnowsTheOrderOfStages() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                INTERNAL + ".transfer..",
                INTERNAL + ".http..",
                INTERNAL + ".json..",
                INTERNAL + ".progress..")
            .should()
            .dependOnClassesThat(in(INTERNAL + ".pipeline..")));
  }

  @Test
  void internalPackagesHaveNoCycles() {
    check(slices().matching(INTERNAL + ".(*)..").should().beFreeOfCycles());
  }

  @Test
  void signaturesOfThePublicApiMentionNothingThatIsNotPublic() {
    check(
        classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage(INTERNAL + "..")
            .should(new MentionOnly(ArchitectureTest::isPublicWord)));
  }

  private static boolean isPublicWord(JavaClass type) {
    String name = type.getPackageName();
    return name.isEmpty() // primitive types
        || name.startsWith("java.")
        || (name.startsWith(ROOT) && !name.startsWith(INTERNAL))
        || type.getName().equals("okhttp3.OkHttpClient");
  }

  @Test
  void onlyBuildersTakeAnOkHttpClient() {
    check(
        classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage(INTERNAL + "..")
            .and()
            .doNotHaveSimpleName("Builder")
            .should(new MentionOnly(type -> !type.getPackageName().startsWith("okhttp3"))));
  }

  @Test
  void namesSayWhatAClassIsOrDoes() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?"));
  }

  @Test
  void nothingIsPrinted() {
    check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
  }

  @Test
  void noStackTraceIsPrinted() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                describe(
                    "a stack trace is printed",
                    (JavaCall<?> call) -> call.getName().equals("printStackTrace"))));
  }

  @Test
  void onlySlf4jLogs() {
    check(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
  }

  /** But for the two places where the real pause is made that tests replace by their own. */
  @Test
  void nothingSleepsByItself() {
    Set<String> makePauses =
        Set.of(
            BackendTiming.class.getName() + ".system()",
            FileUploadJournal.class.getName() + ".at(java.nio.file.Path)");
    check(
        noClasses()
            .should()
            .accessTargetWhere(
                describe(
                    "a thread sleeps",
                    (JavaAccess<?> access) ->
                        access.getTargetOwner().isEquivalentTo(Thread.class)
                            && access.getName().equals("sleep")
                            && !makePauses.contains(access.getOrigin().getFullName()))));
  }

  /** TLS is the platform's, or that of the app's own client: no switch here makes it weaker. */
  @Test
  void nobodyDecidesWhomToTrust() {
    check(noClasses().should().beAssignableTo(TrustManager.class));
    check(noClasses().should().beAssignableTo(HostnameVerifier.class));
    check(
        noClasses()
            .should()
            .dependOnClassesThat(in("okhttp3.internal.tls..", "okhttp3.tls.."))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(TrustManager.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(SSLContext.class));
    Set<String> settings =
        Set.of("hostnameVerifier", "sslSocketFactory", "certificatePinner", "connectionSpecs");
    check(
        noClasses()
            .should()
            .callMethodWhere(
                describe(
                    "TLS is set up",
                    (JavaCall<?> call) ->
                        settings.contains(call.getName())
                            || call.getName().startsWith("setDefaultHostnameVerifier")
                            || call.getName().startsWith("setDefaultSSLSocketFactory"))));
  }

  /** The names of classes change, and those of loggers are documented. */
  @Test
  void noLoggerIsNamedAfterAClass() {
    check(noClasses().should().callMethod(LoggerFactory.class, "getLogger", Class.class));
  }

  @Test
  void loggersArePrivateStaticFinal() {
    check(
        fields()
            .that()
            .haveRawType(Logger.class)
            .should()
            .bePrivate()
            .andShould()
            .beStatic()
            .andShould()
            .beFinal());
  }
}
