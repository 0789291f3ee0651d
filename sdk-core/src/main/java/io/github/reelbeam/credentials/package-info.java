/**
 * Where temporary credentials and the object key come from: {@link
 * io.github.reelbeam.credentials.HttpCredentialsFetcher} asks the app's backend, and {@link
 * io.github.reelbeam.credentials.CredentialsFetcher} is for apps that ask somebody else. What is
 * said of {@link io.github.reelbeam} as a whole holds here too.
 */
@NullMarked
package io.github.reelbeam.credentials;

import org.jspecify.annotations.NullMarked;
